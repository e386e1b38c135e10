"""One line about a case, for lists and for 进度."""

from cards.card import Frame
from cards.words import Summary, in_words
from domain.approvals.case import Case


def summary(case: Case, frame: Frame) -> Summary:
    """The case as a line of a list."""
    waiting = case.waiting_for()
    return Summary(
        number=case.number,
        title=case.title,
        applicant=case.applicant,
        status=case.status,
        line=in_words(case, frame),
        waiting_for=waiting,
        step=case.step.id if case.step else "",
        since=next((task.since for task in case.tasks if task.state == "open"), case.created_at),
    )
