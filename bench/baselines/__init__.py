"""What others do, each a program that runs as a process of its own beside the product."""
