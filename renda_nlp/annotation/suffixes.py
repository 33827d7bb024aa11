"""Suffixes of places: what kind of place a name is."""

__all__ = ["ADMIN", "ESTATES", "FACILITIES", "KINDS", "ROADS", "SCHOOLS", "WATER"]

ADMIN = tuple("省 自治区 市 区 新区 县 镇 乡 街道 村 社区 居委会 村委会 组 屯 寨".split())
"""Units from province to villagers' group."""

ESTATES = tuple(
    (
        "小区 花园 家园 公寓 苑 府 城 新村 新城 广场 大厦 山庄 公馆 华庭 佳园 豪庭 名邸 国际 雅园 花苑 嘉园 名苑 学府 首府 "
        "御府 世家 水岸 安置区 安置房 家属院 宿舍 中心城 庄园 丽园 名都 时代 华府 小镇 天地 商贸城 步行街 御园 名园 豪园 新苑 家苑 雅苑 雅居 商城 商厦 新邸 里弄 庭院 之城 世纪城 园"
    ).split()
)
"""Where people live and shop."""

ROADS = tuple(
    (
        "路 街 大道 巷 胡同 高速 国道 省道 县道 桥 大桥 立交桥 路口 站 地铁站 隧道 公路 匝道 环线 号线 线 东路 西路 南路 北路 "
        "中路 支路 公交站 天桥"
    ).split()
)
"""Roads, lines, bridges and stops."""

WATER = tuple("水库 河 江 湖 渠 塘 水厂 溪 港 坝 泵站 山塘 渡口 码头 山 峰 岛 洲".split())
"""Waters and works, hills and islands."""

FACILITIES = tuple(
    (
        "学校 小学 中学 大学 学院 幼儿园 医院 卫生院 公园 市场 菜市场 工业园 产业园 园区 车站 敬老院 养老院 火车站 汽车站 机场 "
        "变电站 垃圾站 卫生室 工业区 开发区 高新区 农贸市场 体育馆 图书馆 博物馆 景区 实验学校 高中 初中 驾校 影院 酒店 项目部 "
        "加油站 殡仪馆 陵园"
    ).split()
)
"""Schools, hospitals, markets, parks …"""

SCHOOLS = tuple(f"{number}中" for number in "一二三四五六七八九十")
"""Names of schools that need no more: 一中."""

KINDS = frozenset(
    "科技 文武 职业 技术 实验 儿童 妇幼 妇女儿童 艺术 体育 外国语 外语 国际 商业 商贸 生态 肿瘤 口腔 眼科 骨科 中医 中西医 康复 精神病 人民 中心 双语 寄宿 寄宿制 "
    "民族 农贸 建材 批发 购物 文化 森林 湿地 休闲 风景 旅游 经济 高新 高新技术 工业 产业 物流 附属 九年制 九年一贯制 完全 初级 高级 希望 老年 综合 师范 水果 蔬菜 水产 粮油 茶叶 钢材 家具 家居 花鸟 花卉 汽配 旧货 二手车 服装 小商品 副食品 果蔬".split()
)
"""Words between a name and its suffix that say what kind it is: 德才科技学校."""
