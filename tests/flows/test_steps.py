"""`KIND MODE:WHO`: what a step of a flow file means, and what is said of one that means nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flowsteps import StepMistake, check_word, step_of
from domain.approvals.flow import StepWord
from tests.domain.company import FORM


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("人事经理", StepWord(kind="approve", words=("人事经理",))),
        ("部门主管|上级领导", StepWord(kind="approve", words=("部门主管", "上级领导"))),
        ("review:行政", StepWord(kind="review", words=("行政",))),
        ("confirm:替班人", StepWord(kind="confirm", field="deputy")),
        ("all-of:departments", StepWord(kind="approve", mode="all", field="departments")),
        ("all-of:人事经理|会计", StepWord(kind="approve", mode="all", words=("人事经理", "会计"))),
        ("any-of:会签部门", StepWord(kind="approve", mode="any", field="departments")),
        ("in-sequence:人事专员", StepWord(kind="approve", mode="sequence", words=("人事专员",))),
        ("handle claim:出纳", StepWord(kind="handle", mode="claim", words=("出纳",))),
        ("confirm in-sequence:cc", StepWord(kind="confirm", mode="sequence", field="cc")),
        ("vote 60%:会签部门", StepWord(kind="approve", mode="vote", field="departments", quorum=0.6)),
        (
            "review vote 2/3:总经理*2|会计",
            StepWord(kind="review", mode="vote", words=("总经理", "会计"), weights=(2, 1), quorum=2 / 3),
        ),
        ("vote　１／２：总经理 ＊ 1.5｜会计",
         StepWord(kind="approve", mode="vote", words=("总经理", "会计"), weights=(1.5, 1), quorum=0.5)),
        ("本部门:部门助理", StepWord(kind="approve", words=("本部门:部门助理",))),
        ("总经理|本部门:部门助理", StepWord(kind="approve", words=("总经理", "本部门:部门助理"))),
        ("review:会签部门:助理", StepWord(kind="review", words=("会签部门:助理",))),
        ("会签部门:助理", StepWord(kind="approve", words=("会签部门:助理",))),
        ("逐级:总经理", StepWord(kind="approve", words=("逐级:总经理",))),
        ("review:逐级:第3级主管", StepWord(kind="review", words=("逐级:第3级主管",))),
        ("user:zhao", StepWord(kind="approve", words=("user:zhao",))),
        ("handle:role:出纳", StepWord(kind="handle", words=("role:出纳",))),
    ],
)  # fmt: skip
def test_a_step_is_read(said: str, meant: StepWord) -> None:
    assert step_of(said, FORM) == meant


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("claim handle:出纳", "先写做什么、再写怎么决定，如 handle claim:出纳"),
        ("reveiw:行政", "是不是想写 review？"),
        ("clame:出纳", "是不是想写 claim？"),
        ("会签部:助理", "是不是想写 会签部门？"),
        ("vote:总经理|会计", "vote 后面写要多少票同意"),
        ("vote 3/2:总经理|会计", "不超过全部，如 vote 2/3:总经理|财务经理"),
        ("vote 0%:总经理|会计", "vote 后面写要多少票同意"),
        ("vote 1/0:总经理|会计", "vote 后面写要多少票同意"),
        ("all-of:总经理*2|会计", "只有投票才分轻重，如 vote 2/3:总经理*2|财务经理"),
        ("vote 1/2:总经理*两|会计", "* 后面写这一票算几票，如 总经理*2"),
        ("vote 1/2:总经理*0|会计", "* 后面写这一票算几票"),
        ("all-of:", "没有写由谁审批"),
        ("all-of:总经理|", "没有写由谁审批"),
        ("本部门:", "没有写由谁审批"),
        ("confirm:替班", "表单里没有“替班”，是不是想写 替班人？"),
        ("all-of:天数", "字段“天数”的 type 要是 person、people、departments 之一"),
        ("替班人:助理", "冒号前只能是 本部门、逐级、role、department、user、departments、会签部门"),
        ("第0级主管", "第几级主管要写 1 到 9，如 第3级主管"),
        ("all-of:逐级:总经理", "逐级自己就是一人一步，要单独写，如 逐级:总经理"),
        ("部门主管|逐级:总经理", "逐级自己就是一人一步"),
        ("逐级:逐级:总经理", "冒号前只能是"),
        ("逐级:", "没有写由谁审批"),
    ],
)
def test_a_step_that_means_nothing_is_told_what_to_write(said: str, hint: str) -> None:
    with pytest.raises(StepMistake) as wrong:
        step_of(said, FORM)
    assert hint in str(wrong.value)


def test_the_first_managers_up_may_be_counted_in_either_digits() -> None:
    for word in ("第3级主管", "第三级主管"):
        check_word(word)


PARTS = ("review", "confirm", "handle", "claim", "vote", "all-of", "2/3", "60%", ":", "：", "|", "*", "2", " ", "总经理",
         "会签部门", "deputy", "逐级", "本部门", "user", "第3级主管", "")  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join) | st.text(max_size=12))
def test_any_text_is_a_step_with_people_or_a_mistake_in_words(said: str) -> None:
    try:
        step = step_of(said, FORM)
    except StepMistake:
        return
    assert bool(step.words) != bool(step.field)
    assert all(step.words)
    assert len(step.weights) in (0, len(step.words))
    assert (0 < step.quorum <= 1) == (step.mode == "vote")
