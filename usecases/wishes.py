"""What a button, or a word with a case's number, wishes of the case: the verb and the words behind it. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from domain.approvals import commands as c
from domain.approvals.case import Case, base
from domain.errors import NotAllowed, ReasonMissing
from domain.people import Organization
from usecases.naming import mentioned, named_first, people_in

Where = c.Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`verb` by `by`, of the case. `step`: where the tapped card stands; None: wherever the person is asked.

    `words` are what was typed, in the chat or on the card; `people` are named there by userid. `admin`: the person
    administers the company or this flow."""

    verb: str
    by: str
    step: str | None = None
    words: str = ""
    people: tuple[str, ...] = ()
    admin: bool = False
    organization: Organization = field(repr=False)

    def named(self) -> tuple[tuple[str, ...], str]:
        """The people meant, and the words besides. Raises NameUnknown, NameAmbiguous."""
        return (self.people, self.words) if self.people else people_in(self.words, self.organization)


def command_of(wish: Wish, case: Case) -> c.Command:
    """The command. Raises ReasonMissing or NameUnknown where words are needed, NotAllowed for what is an
    administrator's."""
    if wish.verb in ADMINS and not wish.admin:
        raise NotAllowed()
    return VERBS[wish.verb](wish, case)


def _approve(wish: Wish, case: Case) -> c.Command:
    return c.Decide(by=wish.by, step=wish.step, verdict="approved", words=wish.words)


def _reject(wish: Wish, case: Case) -> c.Command:
    return c.Decide(by=wish.by, step=wish.step, verdict="rejected", words=wish.words)


_BACK_TO: Final = re.compile(
    r"(?:退回)?(?:到|给)?\s*(?:(上一步|上一节点|前一步)|第\s*(\d{1,2})\s*步|(申请人))[\s,，:：。]*"
)


def _return(wish: Wish, case: Case) -> c.Command:
    """Plain words go to the applicant; 上一步, 第2步 or an approver's name in front say otherwise."""
    to, words = "", wish.words.strip()
    if place := _BACK_TO.match(words):
        to = "previous" if place[1] else place[2] or ""
        words = words[place.end() :]
    elif words.startswith(("到", "给")):
        who, rest = named_first(words[1:], wish.organization)
        steps = [task.step for task in case.tasks if who and task.person == who[0] and task.state == "approved"]
        if steps:
            to, words = base(steps[-1]), rest
    return c.Return(by=wish.by, step=wish.step, to=to, words=words)


def _transfer(wish: Wish, case: Case) -> c.Command:
    people, words = wish.named()
    return c.Transfer(by=wish.by, step=wish.step, to=people[0], words=words)


def _add(where: Where) -> "Builder":
    def build(wish: Wish, case: Case) -> c.Command:
        people, words = wish.named()
        return c.Add(by=wish.by, step=wish.step, people=people, where=where, words=words)

    return build


def _remove(wish: Wish, case: Case) -> c.Command:
    return c.Remove(by=wish.by, person=wish.named()[0][0], admin=wish.admin)


def _comment(wish: Wish, case: Case) -> c.Command:
    to = wish.people or mentioned(wish.words, wish.organization)
    return c.Comment(by=wish.by, words=wish.words, to=tuple(who for who in to if who != wish.by))


def _tell(wish: Wish, case: Case) -> c.Command:
    return c.Tell(by=wish.by, people=wish.named()[0])


def _hand_over(wish: Wish, case: Case) -> c.Command:
    """`交接 编号 王芳 给 李想`: the first is relieved, the others are asked in turn."""
    people, _ = wish.named()
    if len(people) < 2:
        raise ReasonMissing()
    return c.Replace(by=wish.by, person=people[0], to=people[1:])


def _jump(wish: Wish, case: Case) -> c.Command:
    place = re.match(r"(?:到)?第?\s*(\d{1,2})\s*步?[\s,，:：。]*", wish.words)
    if place is None:
        raise ReasonMissing()
    return c.Jump(by=wish.by, to=place[1], words=wish.words[place.end() :])


Builder = Callable[[Wish, Case], c.Command]
VERBS: Final[Mapping[str, Builder]] = {
    "approve": _approve,
    "reject": _reject,
    "return": _return,
    "transfer": _transfer,
    "add_before": _add("before"),
    "add_after": _add("after"),
    "add_beside": _add("beside"),
    "delegate": _add("entrust"),
    "remove": _remove,
    "claim": lambda wish, case: c.Claim(by=wish.by, step=wish.step),
    "release": lambda wish, case: c.Release(by=wish.by, step=wish.step),
    "take_back": lambda wish, case: c.TakeBack(by=wish.by, step=wish.step),
    "comment": _comment,
    "tell": _tell,
    "read": lambda wish, case: c.Read(by=wish.by),
    "withdraw": lambda wish, case: c.Withdraw(by=wish.by, words=wish.words),
    "urge": lambda wish, case: c.Urge(by=wish.by),
    "terminate": lambda wish, case: c.Withdraw(by=wish.by, words=wish.words, admin=True),
    "pause": lambda wish, case: c.Pause(by=wish.by, words=wish.words),
    "resume": lambda wish, case: c.Resume(by=wish.by),
    "jump": _jump,
    "hand_over": _hand_over,
}
ADMINS: Final = ("terminate", "pause", "resume", "jump", "hand_over")
ASKS: Final = (  # buttons behind which words are needed: where they are missing, the chat asks for them
    "reject", "return", "transfer", "add_before", "add_after", "add_beside", "delegate", "remove", "comment", "tell",
)  # fmt: skip
