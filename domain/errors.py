"""Refusals: what the office does not do, and the facts that a person needs to understand why. Words are in cards."""

from datetime import date, datetime


class OfficeError(Exception):
    """A wish that is refused. `code` names the kind; the sentence for people is made in cards/refusals.py."""

    code = "refused"


class CaseUnknown(OfficeError):
    """There is no case of this number (for this person)."""

    code = "case_unknown"

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"no case {number}")


class CaseClosed(OfficeError):
    """The case has ended (or is a draft), so this cannot be done any more (or yet)."""

    code = "case_closed"

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"the case is {status}")


class NotDraft(OfficeError):
    """Only a draft can be changed or filed."""

    code = "not_draft"

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"the case is {status}, no draft")


class NotYours(OfficeError):
    """Only the applicant may do this."""

    code = "not_yours"

    def __init__(self, applicant: str) -> None:
        self.applicant = applicant
        super().__init__(f"only {applicant} may do this")


class NotYourTurn(OfficeError):
    """The step waits for somebody else."""

    code = "not_your_turn"

    def __init__(self, waiting_for: tuple[str, ...]) -> None:
        self.waiting_for = waiting_for
        super().__init__(f"this waits for {', '.join(waiting_for)}")


class AlreadyDecided(OfficeError):
    """Somebody (perhaps the same person) was faster."""

    code = "already_decided"

    def __init__(self, *, by: str, verdict: str, at: datetime) -> None:
        self.by, self.verdict, self.at = by, verdict, at
        super().__init__(f"{verdict} by {by} at {at.isoformat()}")


class ReasonMissing(OfficeError):
    """A rejection carries a reason (R-APR-6)."""

    code = "reason_missing"


class CasePaused(OfficeError):
    """An administrator has stopped the case for a while."""

    code = "case_paused"

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(f"paused at {at.isoformat()}")


class NotAllowed(OfficeError):
    """Not by this person, or not for this one: the applicant does not decide, only administrators move cases."""

    code = "not_allowed"


class AlreadyAsked(OfficeError):
    """That person is in this step already."""

    code = "already_asked"

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(f"{person} is asked already")


class NotInThisStep(OfficeError):
    """This kind of step does not know this operation."""

    code = "not_in_this_step"

    def __init__(self, operation: str) -> None:
        self.operation = operation
        super().__init__(f"no {operation} here")


class NotForOthers(OfficeError):
    """This person may not file for the applicant."""

    code = "not_for_others"

    def __init__(self, applicant: str) -> None:
        self.applicant = applicant
        super().__init__(f"not for {applicant}")


class NotInSeveral(OfficeError):
    """This is not decided together with others: it has to be done, confirmed or voted on by itself. `kind`: of the
    step, or vote."""

    code = "not_in_several"

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"a {kind} is not decided with others")


class NoSuchStep(OfficeError):
    """There is no earlier step of this name."""

    code = "no_such_step"

    def __init__(self, step: str) -> None:
        self.step = step
        super().__init__(f"no step {step}")


class NobodyNamed(OfficeError):
    """Nobody was named who could be asked."""

    code = "nobody_named"


class NameUnknown(OfficeError):
    """Nobody of this name is in the address book."""

    code = "name_unknown"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"nobody is called {name}")


class NameAmbiguous(OfficeError):
    """Several people are called so."""

    code = "name_ambiguous"

    def __init__(self, name: str, people: tuple[str, ...]) -> None:
        self.name, self.people = name, people
        super().__init__(f"{len(people)} people are called {name}")


class NoDeputy(OfficeError):
    """Nobody can be made a deputy in this way. `why`: oneself, several, circle, period, past, end_before_start,
    impossible_date, or unread (`words` were not understood)."""

    code = "no_deputy"

    def __init__(self, why: str, words: str = "") -> None:
        self.why, self.words = why, words
        super().__init__(f"no deputy: {why} {words}".rstrip())


class NotAdded(OfficeError):
    """Only somebody who was added, and has not answered, can be removed."""

    code = "not_added"

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(f"{person} was not added")


class NothingToTakeBack(OfficeError):
    """The person's last word on the case is no yes of theirs."""

    code = "nothing_to_take_back"


class TooLate(OfficeError):
    """Somebody has built on the decision already."""

    code = "too_late"


class UrgedLately(OfficeError):
    """Urging again so soon does not help."""

    code = "urged_lately"

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(f"urged at {at.isoformat()}")


class FieldMissing(OfficeError):
    """A required field has no value (R-APR-3)."""

    code = "field_missing"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"{field} is missing")


class FieldWrong(OfficeError):
    """A field's value is none that it can have."""

    code = "field_wrong"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"{field} has an impossible value")


class RowsWrong(OfficeError):
    """A detail row cannot be, or the total is none of the rows. `reason` is Chinese and says which row."""

    code = "rows_wrong"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class TooShortNotice(OfficeError):
    """A lead time was missed, and no emergency is told (R-LEAVE-5)."""

    code = "too_short_notice"

    def __init__(self, *, days: int, working: bool, latest: date) -> None:
        self.days, self.working, self.latest = days, working, latest
        super().__init__(f"{days} days ahead, by {latest.isoformat()}")


class TooOften(OfficeError):
    """The person has asked as often as the flow allows in this period (R-CORR-1)."""

    code = "too_often"

    def __init__(self, *, count: int, per: str, numbers: tuple[str, ...]) -> None:
        self.count, self.per, self.numbers = count, per, numbers
        super().__init__(f"{len(numbers)} of {count} a {per}")


class RouteImpossible(OfficeError):
    """No route fits, or a step has nobody who could decide it. `reason` is Chinese, for the applicant."""

    code = "route_impossible"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class UnknownPerson(OfficeError):
    """Nobody of this userid is in the organisation (any more)."""

    code = "unknown_person"

    def __init__(self, userid: str) -> None:
        self.userid = userid
        super().__init__(f"nobody is called {userid}")


class UnknownFlow(OfficeError):
    """The company has no flow of this id."""

    code = "unknown_flow"

    def __init__(self, flow: str) -> None:
        self.flow = flow
        super().__init__(f"no flow {flow}")
