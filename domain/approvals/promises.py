"""What a flow's policies will do to a case, said to the applicant before it is filed (R-APR-5)."""

from collections.abc import Iterator

from domain.approvals.flow import Policies
from domain.approvals.posts import Posts

_LATE = {
    "remind": "提醒", "up": "转给上一级", "administrator": "转给流程管理员", "approve": "同意（办理只提醒）",
    "reject": "驳回（办理只提醒）",
}  # fmt: skip
_AWAY = {"up": "审批人请假时由上一级审批", "substitute": "审批人请假时由其指定的替班人审批"}
_RETURNED = {
    "straight": "退回改好再提交后，直接回到退回的人",
    "keep": "退回改好再提交后，只改了文字和附件的，已经同意的不用再审",
}


def promises(policies: Policies, posts: Posts) -> Iterator[str]:
    """A sentence for each policy that is not the usual one."""
    if policies.hours:
        then = _LATE.get(policies.overdue) or f"转给{posts.called(policies.overdue)}"
        yield f"每一步 {policies.hours:g} 个工作小时内没人处理会自动{then}"
    for said in (_AWAY.get(policies.away), _RETURNED.get(policies.returned)):
        if said:
            yield said
