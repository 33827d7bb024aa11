"""Save documents with a password by LibreOffice; run by the Python that has ``uno``, not by pytest."""

import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = (
    ("swriter", {"doc": "MS Word 97", "odt": "writer8"}),
    ("scalc", {"xls": "MS Excel 97", "ods": "calc8"}),
)
TEXT = "高坎村停水三天，请尽快维修。"


def _property(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _connect():
    local = uno.getComponentContext()
    create = local.ServiceManager.createInstanceWithContext
    resolver = create("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve("uno:pipe,name=renda;urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def main(folder):
    """Write a.doc, a.odt, a.xls and a.ods into a folder."""
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
         "--accept=pipe,name=renda;urp;"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        context = _connect()
        create = context.ServiceManager.createInstanceWithContext
        desktop = create("com.sun.star.frame.Desktop", context)
        for program, filters in FILTERS:
            hidden = (_property("Hidden", value=True),)
            document = desktop.loadComponentFromURL(
                f"private:factory/{program}", "_blank", 0, hidden
            )
            if program == "swriter":
                document.Text.String = TEXT
            else:
                document.Sheets[0].getCellByPosition(0, 0).String = TEXT
            for suffix, name in filters.items():
                how = (_property("FilterName", name), _property("Password", "x"))
                document.storeToURL(f"file://{folder}/a.{suffix}", how)
            document.close(True)  # noqa: FBT003 - so named in the API
    finally:
        office.terminate()
        office.wait(20)


main(sys.argv[1])
