"""Colleagues as they are named in a sentence: whose request is this?"""

from typing import Final

from language.patterns import HAN, late

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾韦付邹"
    "孟熊秦邱尹薛闫段侯龙陶黎贺顾郝龚邵钱严戴莫孔汤周马江高石夏方任"
)
_TITLE: Final = "总|工|哥|姐|经理|主管|主任|老师|师傅|总监|部长|博士|同学"
SHORT: Final = (
    rf"(?:小|老|阿)(?!板|年|雪|寒|暑|满|长|假|家|师|婆|公|爸|妈|伙|样|人|时|孩|助|组|心|区|学|事|是|客){HAN}|"
    rf"(?!周[一二三四五六日天末])[{_SURNAMES}](?:{_TITLE})|{HAN}(?:总|经理|主管)(?!结|部|监|共|是)"
)
ADDRESS: Final = rf"[{_SURNAMES}](?:{_TITLE})好?"  # how a message begins: 王总，…
NAME: Final = rf"(?!周[一二三四五六日天末])[{_SURNAMES}]{HAN}{{1,2}}?"
_OURS: Final = r"我们?组的?|我们?部门的?|隔壁(?:组|部门|工位)?的?"
WHEN: Final = r"大?[今明后昨前][天日早晚]|[上下这本]*(?:周|星期|礼拜)[一二三四五六日天末]?|\d{1,2}[月号日.]?|[上下]午|早上|晚上|[\s从到至的、~-]"
FRONT: Final = (  # what may stand before 帮小李请…; behind a request of one's own it is the reason
    rf"(?:{WHEN}|[,，。.!]|你好|您好|麻烦(?:你|您)?|请(?!假)|能不能|能|可以|我|要|想|来|需要)*+"
)
FOR: Final = r"(?:帮忙?|替|给|代|为)\s*"
ASKING: Final = (  # what is asked for whomever was named: 请…假, 补…卡, 报销; not 请客, 提车, 补课, nor 替他加班
    rf"(?:{WHEN}|[把也再先多还就他她]|一起|临时|这边)*+(?:申请|发起|报(?:销|账|一下(?!名))|登记|打卡|提(?:交(?!的)|一?[个下张份])|"
    r"(?:请(?!客|教|问|吃|喝|人|医|律师|老师)|休(?!息))[^,，。;；?？]{0,12}?(?:假|休|[\d一二两三四五六七八九十半]天)|"
    r"补[^,，。;；?？]{0,12}?[卡签]|卡[^,，。;；?？]{0,3}?补|[年病事婚产丧]?假[^,，。;；?？]{0,3}?[请休]|"
    r"(?:办(?!事|公)|[填走弄])[^,，。;；?？]{0,4}?(?:假|申请|流程|报销|补卡))"
)
_ROLE: Final = rf"(?:{HAN}{{0,6}}?的)?(?:实习生|徒弟|员工|新人|学员|师傅|护士|司机|组员|下属|搭档|[班组店队科]长|主管|主任|经理|老师)"
_NAMED: Final = rf"(?:(?:{_OURS}|我?同事|部门的?|我?{_ROLE})?(?:{SHORT}|{NAME})|他们?|她们?|同事)"
_FOR: Final = late(
    rf"(?:^{FRONT}|[,;。!](?:{WHEN}|麻烦|请(?!假)|我|想|要|所以|就){{0,6}}+)(?P<who>{FOR})(?:{_NAMED}(?:\s*[、和跟与及]\s*{_NAMED})*?|"
    rf"{HAN}{{2,3}}(?=\s*(?:请|申请))){ASKING}"
)
_SELF: Final = late(
    r"(?:帮|替|给|代|为)(?:我(?!同事|们?组|们?部门|徒弟|师傅|下属|组员|实习生|搭档|学生|室友|司机)|你|您|忙|自己|一下|个|公司|部门(?!的)|客户|"
    r"孩子|小孩|家|老人|女儿|儿子|老婆|老公|父|母|爸|妈|爷|奶)"
)
_TIME: Final = (
    r"(?:今天|昨天|明天|后天|前天|今早|昨晚|今晚|下?周[一二三四五六日]?|上周[一二三四五六日]?|这周|上午|下午|\d+[月号日.]\d*[号日]?|"
    r"最近|刚|又|也|都|已经?|在|正在|还在|要|说|还|去)"
)
_KIND: Final = r"(?:不来|请|休|出差|外出|加班|调休|年假|病假|事假|婚假|产假|外勤|补卡|打卡|没来|报销|不在|缺勤|离职)"
_OUR_CHIEF: Final = (
    r"(?:我们?|咱们?)(?:[组班科部门店]{0,2}的?)(?:主管|经理|[组班店科厂部队]长|主任|总监|师傅|徒弟|老师|室友|同学)"
)
_SOMEBODY: Final = late(
    rf"^(?:(?:{WHEN})*+|听说|据说|好像|哎|诶|对了|那个|{_OURS})?,?"
    rf"(?:(?:同事|{HAN}{{1,6}}?(?:部|组|科|班|室|车间|店|线)的?|新来的)?(?:{SHORT}|同事(?=每?天|[今昨明]))|"
    rf"他们?|她们?|我?(?:同事们?|老板|领导|组长|经理|徒弟)|{_OUR_CHIEF}|有人|{HAN}{{0,4}}[一两三四五几好]个(?:人|同事)|别人|人家|"
    rf"[^,。我]{{1,8}}的人(?:都|也|全)|(?:{NAME})(?=(?:{_TIME}|他|她)))"
    rf"(?:[^,。;!?我]{{0,12}}?|(?:生?病了|发烧|感冒|不舒服|住院|受伤|家?里?有事)[^。;!?我]{{0,16}}?){_KIND}"
)
_HEARD: Final = late(
    r"\s*(?:我?听说|据说|听[^,。]{1,4}说)(?!我)|[^,。我]{1,6}说(?:[他她]|[^,。我]+$)|"
    r"(?:我们?(?:组|部门|店)?的?)?(?:实习生|对接人|保洁|前台|保安|司机|客户|供应商|会计|出纳|护工|学徒|新人|临时工|外包|新来的[^,。我]{1,6}?)"
    r"(?=大?[今明后昨前下上本这周请休出加调第])[^,。我]*(?:请假|休|出差|加班|外出|没来)"
)
_FAMILY: Final = late(
    rf"我(?:老婆|老公|爱人|媳妇|爸|妈|儿子|女儿|[哥弟姐妹])[^,。我请]{{0,3}}[在也又刚正][^,。我]{{0,3}}{_KIND}[^,。]{{0,6}}$"
)
_FAMILYS: Final = late(
    rf"我(?:老婆|老公|爱人|媳妇|对象|爸|妈|儿子|女儿|[哥弟姐妹])(?:{WHEN}|要|想|也|得|刚|又|去[^,。我]{{1,8}}?)*(?:请|休|出差|加班|外出)[^,。我]*$"
)
_THEIRS: Final = late(rf"(?:{SHORT}|他|她)的(?:假|请假|年假|病假|事假|出差|报销|补卡|申请)")


def on_behalf(text: str) -> bool:
    """Whether the request is for somebody else: 帮小李请假, 替王强补卡."""
    match = _FOR.search(text)
    return match is not None and _SELF.match(text, match.start("who")) is None


def about_another(text: str) -> bool:
    """Whether this is news about somebody else: 小王昨天请病假了."""
    return (
        _HEARD.match(text) is not None
        or _FAMILY.match(text) is not None
        or _FAMILYS.match(text) is not None
        or _SOMEBODY.match(text.strip()) is not None
        or (_THEIRS.search(text) is not None and "我" not in text)
    )
