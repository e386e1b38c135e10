"""The applicant takes back a draft or a running case."""

from dataclasses import dataclass
from datetime import datetime

from domain.approvals.commands import Withdraw
from usecases.ports import Office, Outcome
from usecases.tapped import Tap


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCase(Tap):
    """取消 on a draft, 撤销 on a running case."""

    def act(self, office: Office, now: datetime) -> Outcome:
        """Withdraw; everybody who was asked sees it."""
        return self.change(Withdraw(by=self.by), office=office, now=now)
