"""In which order DrawingML and PresentationML want the children of an element.

The sequences are those of ECMA-376 (5th edition, Part 1: pml.xsd, dml-main.xsd) for the
elements that decks are made of; PowerPoint refuses a file that breaks one.
"""

from collections.abc import Iterator

from lxml import etree

_FILLS = "noFill solidFill gradFill blipFill pattFill grpFill"
_PARAGRAPH = (
    "lnSpc spcBef spcAft buClrTx buClr buSzTx buSzPct buSzPts buFontTx buFont "
    "buNone buAutoNum buChar buBlip tabLst defRPr extLst"
)
_RUN = (
    f"ln {_FILLS} effectLst effectDag highlight uLnTx uLn uFillTx uFill "
    "latin ea cs sym hlinkClick hlinkMouseOver rtl extLst"
)
SEQUENCES: dict[str, str] = {
    "sld": "cSld clrMapOvr transition timing extLst",
    "cSld": "bg spTree custDataLst controls extLst",
    "presentation": (
        "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz smartTags "
        "embeddedFontLst custShowLst photoAlbum custDataLst kinsoku defaultTextStyle "
        "modifyVerifier extLst"
    ),
    "sp": "nvSpPr spPr style txBody extLst",
    "pic": "nvPicPr blipFill spPr style extLst",
    "graphicFrame": "nvGraphicFramePr xfrm graphic extLst",
    "cNvPr": "hlinkClick hlinkHover extLst",
    "nvPr": "ph audioCd wavAudioFile audioFile videoFile quickTimeFile custDataLst extLst",
    "spPr": f"xfrm custGeom prstGeom {_FILLS} ln effectLst effectDag scene3d sp3d extLst",
    "bgPr": f"{_FILLS} effectLst effectDag extLst",
    "txBody": "bodyPr lstStyle p",
    "bodyPr": "prstTxWarp noAutofit normAutofit spAutoFit scene3d sp3d flatTx extLst",
    "p": "pPr r br fld endParaRPr",
    "r": "rPr t",
    "fld": "rPr pPr t",
    "pPr": _PARAGRAPH,
    "rPr": _RUN,
    "defRPr": _RUN,
    "endParaRPr": _RUN,
    "ln": f"{_FILLS} prstDash custDash round bevel miter headEnd tailEnd extLst",
    "tbl": "tblPr tblGrid tr",
    "tc": "txBody tcPr extLst",
    "tcPr": f"lnL lnR lnT lnB lnTlToBr lnBlToTr cell3D {_FILLS} headers extLst",
}
_PLACES = {
    parent: {child: place for place, child in enumerate(sequence.split())}
    for parent, sequence in SEQUENCES.items()
}
# Runs, breaks and fields alternate freely in a paragraph.
_PLACES["p"] |= {"r": 1, "br": 1, "fld": 1}
_REPEATED = ("p", "r", "br", "fld", "tr", "tc")
_SPACES = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/presentationml/2006/main",
)


def misplaced(root: etree._Element) -> Iterator[str]:
    """A sentence for every element that stands where the schema does not have it."""
    for element in root.iter(*(f"{{{space}}}*" for space in _SPACES)):
        name = etree.QName(element).localname
        places = _PLACES.get(name)
        if places is None:
            continue
        last = -1
        for child in element.iterchildren("*"):
            tag = etree.QName(child)
            place = places.get(tag.localname)
            if tag.namespace not in _SPACES:
                continue
            if place is None:
                yield f"<{tag.localname}> does not belong in <{name}>"
            elif place < last:
                yield f"<{tag.localname}> stands too late in <{name}>"
            elif place == last and tag.localname not in _REPEATED:
                yield f"<{tag.localname}> stands twice in <{name}>"
            last = max(last, place or 0)
