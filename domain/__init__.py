"""The office without computers: people, calendar, approvals. Pure, sync, without a clock."""
