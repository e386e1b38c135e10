"""Approvals: flows, routes and cases."""
