"""What the leave ledger refuses."""

from domain.errors import OfficeError


class LeaveShort(OfficeError):
    """There is less leave of this type than was asked for, and its rule refuses that. `label` names it, `other` a type
    that could be taken instead ("": none); amounts are thousandths of `unit`."""

    code = "leave_short"

    def __init__(self, *, label: str, left: int, wanted: int, unit: str, other: str) -> None:
        self.label, self.left, self.wanted, self.unit, self.other = label, left, wanted, unit, other
        super().__init__(f"{left} of {wanted} thousandths")
