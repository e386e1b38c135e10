"""Leave as accounts: what somebody may take, what is reserved, what is taken."""
