"""Kangxi and CJK radicals in the text of PDF and OFD files, mapped back to the characters meant.

Browsers map some glyphs to radicals (⼈⼤⺠⻓). NFKC repairs U+2F00-2FD5; of U+2E80-2EFF it
repairs two characters, the others are listed here.
"""

import unicodedata

__all__ = ["restore_radicals"]

SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺅亻⺆冂⺇几⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺝月⺞歺⺟母"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫罒⺬示⺭礻⺯糹⺰纟⺱网⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉"
    "⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨"
    "⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
FIRST_KANGXI, LAST_KANGXI = 0x2F00, 0x2FD5
TABLE = {
    ord(radical): char for radical, char in zip(SUPPLEMENT[::2], SUPPLEMENT[1::2], strict=True)
}
TABLE.update(
    (code, unicodedata.normalize("NFKC", chr(code)))
    for code in range(FIRST_KANGXI, LAST_KANGXI + 1)
)


def restore_radicals(text: str) -> str:
    """Return ``text`` with radicals replaced by the ordinary characters; the length stays."""
    return text.translate(TABLE)
