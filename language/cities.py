"""Which city a destination names: certain or not at all (上海市浦东新区 is Shanghai, 北京路 is no Beijing)."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from language.patterns import HAN, late
from language.sounds import readings

REGIONS: Final[Mapping[str, str]] = {  # provinces and countries: what is in them
    "": "北京 上海 天津 重庆 香港 澳门 新加坡 迪拜",
    "广东": "广州 深圳 珠海 佛山 东莞 中山 惠州 汕头 江门 湛江 肇庆",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 义乌 台州 舟山 衢州 丽水",
    "江苏": "南京 苏州 无锡 常州 南通 扬州 镇江 徐州 盐城 泰州 昆山 连云港 淮安 宿迁",
    "山东": "济南 青岛 烟台 潍坊 威海 临沂 淄博 济宁 泰安 日照 德州 聊城 菏泽",
    "安徽": "合肥 芜湖 蚌埠 安庆 黄山 滁州 马鞍山",
    "福建": "福州 厦门 泉州 漳州 莆田 龙岩 宁德",
    "江西": "南昌 九江 赣州 上饶 景德镇",
    "河南": "郑州 洛阳 开封 新乡 南阳 许昌",
    "湖北": "武汉 宜昌 襄阳 荆州 十堰 黄石",
    "湖南": "长沙 株洲 湘潭 衡阳 岳阳 常德 张家界",
    "广西": "南宁 柳州 桂林 北海",
    "海南": "海口 三亚",
    "四川": "成都 绵阳 德阳 宜宾 泸州 乐山 南充",
    "贵州": "贵阳 遵义",
    "云南": "昆明 大理 丽江 曲靖",
    "西藏": "拉萨",
    "陕西": "西安 咸阳 宝鸡 汉中 榆林 延安",
    "甘肃": "兰州 天水",
    "青海": "西宁",
    "宁夏": "银川",
    "新疆": "乌鲁木齐 喀什",
    "内蒙古": "呼和浩特 包头 鄂尔多斯",
    "河北": "石家庄 唐山 保定 廊坊 邯郸 秦皇岛 沧州 雄安",
    "山西": "太原 大同 长治",
    "辽宁": "沈阳 大连 鞍山 锦州",
    "吉林": "长春 吉林",
    "黑龙江": "哈尔滨 大庆 齐齐哈尔",
    "台湾": "台北 高雄",
    "日本": "东京 大阪", "韩国": "首尔", "泰国": "曼谷", "越南": "河内 胡志明", "马来西亚": "吉隆坡",
    "印尼": "雅加达", "印度": "", "德国": "柏林 慕尼黑 法兰克福", "法国": "巴黎", "英国": "伦敦",
    "美国": "纽约 旧金山 硅谷 洛杉矶 西雅图", "加拿大": "温哥华 多伦多", "墨西哥": "", "巴西": "",
    "澳洲": "悉尼 墨尔本", "澳大利亚": "", "俄罗斯": "莫斯科", "意大利": "米兰", "西班牙": "", "荷兰": "", "匈牙利": "",
}  # fmt: skip
DISTRICTS: Final[Mapping[str, str]] = {  # whose name alone says the city
    "北京": "海淀 丰台 石景山 顺义 昌平 房山 门头沟 怀柔 密云 延庆 中关村 亦庄 望京",
    "上海": "浦东 徐汇 闵行 嘉定 松江 青浦 奉贤 虹口 杨浦 黄浦 崇明 陆家嘴 张江",
    "广州": "天河 越秀 荔湾 海珠 番禺 南沙 增城 从化 花都",
    "深圳": "福田 罗湖 宝安 龙岗 坪山 前海 蛇口",
}
_SHARED: Final[Mapping[str, str]] = {  # there are others of this name: only behind the city's
    "北京": "朝阳 东城 西城 通州 大兴", "上海": "静安 长宁 普陀 宝山 金山 虹桥 外高桥", "广州": "白云 黄埔",
    "深圳": "南山 龙华 光明 盐田",
}  # fmt: skip
_LATIN: Final[dict[str, str]] = {  # those that are not called by their pinyin
    "hong kong": "香港", "macau": "澳门", "macao": "澳门", "taipei": "台北", "kaohsiung": "高雄", "harbin": "哈尔滨",
    "urumqi": "乌鲁木齐", "hohhot": "呼和浩特", "lhasa": "拉萨", "kashgar": "喀什", "ordos": "鄂尔多斯", "shaanxi": "陕西",
    "inner mongolia": "内蒙古", "tibet": "西藏", "singapore": "新加坡", "dubai": "迪拜", "tokyo": "东京", "osaka": "大阪",
    "seoul": "首尔", "bangkok": "曼谷", "hanoi": "河内", "kuala lumpur": "吉隆坡", "jakarta": "雅加达", "paris": "巴黎",
    "london": "伦敦", "new york": "纽约", "berlin": "柏林", "munich": "慕尼黑", "frankfurt": "法兰克福", "sydney": "悉尼",
    "japan": "日本", "germany": "德国", "korea": "韩国", "thailand": "泰国", "vietnam": "越南", "usa": "美国",
}  # fmt: skip
NAMES: Final = tuple(dict.fromkeys(n for region, inside in REGIONS.items() for n in (region, *inside.split()) if n))
_REGION_OF: Final = {city: region for region, inside in REGIONS.items() for city in inside.split() if region}
_CITY_OF: Final = {district: city for city, inside in DISTRICTS.items() for district in inside.split()}


def _any(names: Sequence[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_NAME: Final = late(
    rf"(?:(?:{_any([*REGIONS][1:])})(?:省|壮族自治区|维吾尔自治区|回族自治区|自治区)?)?(?P<city>{_any(NAMES)})(?P<plain>省|市)?"
    rf"|(?P<district>{_any([*_CITY_OF])})(?P<whole>新区|区)?"
)
_BUT: Final = (
    r"[东西南北中]?(?:路|街|大街|大道|道)|大学|大厦|大酒店|酒店|饭店|宾馆|银行|公园|广场"  # 北京东路, 中山大学
)
_BEHIND: Final = late(  # what may stand behind the name of a city for it to be the city
    rf"(?!{_BUT})(?:$|[\s,，。、;；/（(·和与及至到的那这]|"
    rf"{HAN}{{1,6}}?(?:区|县|镇|村|产业园|科技园|软件园|新城|路|街|大道|港|展馆)|"
    rf"{HAN}{{0,4}}?(?:机场|火车站|高铁站|[东西南北]站|会展中心)|"
    r"客户|供应商|[分子总]公司|公司|总部|办事处|工厂|厂|项目|现场|展会|出差|拜访|参加|开会|见|培训|仓库|门店|周边|市区|郊区|当地)"
)
_PARTS: Final = late(r"\s*(?:[,;/&+(]|\band\b|\bthen\b|\bto\b|(?=\())\s*", re.I)
_LATIN_BUT: Final = late(  # what may stand behind the Latin name of a city for it to be the city
    r"(?:city|municipality|province|china|district|downtown|office|branch|factory|plant|hq|headquarters?|site|area|"
    r"subsidiary|warehouse|store|airport|(?:railway |train )?station|clients?|customers?|suppliers?|project|\)|\s)*"
)
_JOINT: Final = late(r"^[\s,，、;；/和与及到至→-]+")


def meant(place: str) -> tuple[str, ...]:
    """The cities (provinces, countries) that a destination names, in order; nothing where one cannot be sure."""
    if place.isascii():
        return _latin(place.lower())
    found: dict[str, None] = {}
    rest = place.strip().removeprefix("中国")
    while rest:
        name = _NAME.match(rest)
        if name is None:
            break
        behind = rest[name.end() :]
        sure = name["plain"] or name["whole"] or _BEHIND.match(behind) or _district(name["city"], behind)
        if not sure or re.match(_BUT, behind):
            return ()
        found[_CITY_OF.get(name["district"] or "") or name["city"]] = None
        joint = _JOINT.match(behind)
        if joint is None:
            break
        rest = behind[joint.end() :]
    return tuple(found)


def is_in(cities: Sequence[str], home: Sequence[str]) -> bool | None:
    """Whether these cities are all in one of `home` (True) or all elsewhere (False); None where that is not certain."""
    homes = {one.removesuffix("市") for one in home}
    around = {_REGION_OF.get(one) for one in homes} - homes
    answers = {None if city in around else city in homes for city in cities}
    return answers.pop() if len(answers) == 1 else None


def _district(city: str | None, behind: str) -> bool:
    names = f"{DISTRICTS.get(city or '', '')} {_SHARED.get(city or '', '')}".split()
    return any(behind.startswith(name) for name in names)


def _latin(place: str) -> tuple[str, ...]:
    """The cities that Latin letters name: Shanghai, our Xi'an office, Futian District, Shenzhen."""
    found: dict[str, None] = {}
    for part in _PARTS.split(place):
        words = part.replace("'", "").removeprefix("the ").removeprefix("our ").split()
        named = ((_by_sound().get(" ".join(words[:count])), " ".join(words[count:])) for count in (1, 2))
        city = next(
            (one for one, rest in named if one and (_by_sound().get(rest) == one or _LATIN_BUT.fullmatch(rest))), ""
        )
        if city:
            found[city] = None
        elif "," not in place and not _LATIN_BUT.fullmatch(part):
            return ()
    return tuple(found)


@lru_cache(maxsize=1)
def _by_sound() -> Mapping[str, str]:
    """The cities by their Latin names; pinyin that spells two of them (台州, 泰州) is none."""
    found: dict[str, set[str]] = {}
    for name in (*NAMES, *_CITY_OF):
        for way in readings(name):
            found.setdefault(way.replace(" ", ""), set()).add(_CITY_OF.get(name, name))
    return {way: cities.pop() for way, cities in found.items() if len(cities) == 1} | _LATIN
