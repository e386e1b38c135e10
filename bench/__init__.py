"""Measures what the product promises, beside what others do, in one run."""
