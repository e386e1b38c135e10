"""Words go out: values in, JSON-able values out. Pure."""
