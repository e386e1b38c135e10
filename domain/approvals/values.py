"""What a form's fields may hold."""

Row = dict[str, str | int | float]  # a detail row: what its columns say, by id; what was not said is left out
Value = str | int | float | list[str | Row]
