"""Versions and instance types that a text names, in one spelling each.

Both read lists: "PostgreSQL 17.9, 16.13 and 15.17" are three versions of PostgreSQL, "M8i
and M8i-flex instances" two families.
"""

import re

_PRODUCT = (
    r"Python|Node\.?js|Java|Ruby|Go|\.NET(?: Core| Framework)?|PHP|Rust|PostgreSQL|MySQL|MariaDB|"
    r"MongoDB|Cassandra|Kubernetes|TensorFlow|PyTorch|Spark|Flink|Kafka|Redis|Valkey|Iceberg|Hudi|"
    r"Elasticsearch|OpenSearch|Oracle(?: Database)?|SQL Server|Db2|Corretto|Grafana|Airflow|"
    r"Hadoop|RabbitMQ|ActiveMQ|Linux|Ubuntu|Debian|Windows(?: Server)?|RHEL|"
    r"Red Hat Enterprise Linux|macOS|Swift|Envoy|FreeRTOS|CUDA|Neuron SDK|PostGIS|ONTAP|MXNet|"
    r"Unreal Engine|ParallelCluster|Bottlerocket|DCV|EMR|Lustre|Aurora Serverless|TLS|Babelfish"
)
_NUMBER = r"v?\d+(?:\.\d+|\.x)*(?:-\w+\d*)?"
_JOIN = r"(?:\s?[,、/]\s?(?:and |or )?|\s(?:and|or|&)\s|および|と)"
_OF_PRODUCT = re.compile(
    rf"(?<![A-Za-z])(?P<product>{_PRODUCT})(?![A-Za-z])"
    rf"(?:\s?(?:versions?|minor versions?|major version|engine|Innovation Release|release|runtime|"
    rf"LTS|バージョン|の(?:マイナー|メジャー)?バージョン))*\s?"
    rf"(?P<numbers>{_NUMBER}(?:{_JOIN}{_NUMBER})*)(?![\w%])"
)
_BARE = re.compile(
    rf"(?:(?i:versions?|releases?)|バージョン|リリース)\s?(?P<numbers>{_NUMBER}(?:{_JOIN}{_NUMBER})*)(?![\w%])"
    r"|(?<![\w.$-])(?P<dotted>v\d+(?:\.\d+)+|\d+\.\d+\.\d+)(?![\w%])"
)
_DIGIT = re.compile(r"\d")
_ONE = re.compile(_NUMBER)

_FAMILY = r"(?:[ACDFGHIMPRTXZ]|DL|Gr|Hpc|HPC|Im|Is|Inf|Mac|RA|RG|Trn|U|VT)-?\d{0,2}[a-z]{0,6}"
_TOKEN = re.compile(
    rf"(?<![\w.-])(?P<family>{_FAMILY}(?:-(?:flex|\d+tb\d?|[bB]\d{{3}}))?)"
    r"(?:\.(?P<size>\d*x?large|\d+xl|metal(?:-\w+)?|nano|micro|small|medium))?(?![\w]|\.\d)",
)
_LOWER_TYPE = re.compile(
    r"(?<![\w-])(?:(?:db|ml|cache|kafka)\.)?(?P<type>[a-z]{1,3}\d{1,2}[a-z]{0,6}(?:-[a-z0-9]+)?"
    r"\.(?:\d*x?large|\d+xl|metal(?:-\w+)?|nano|micro|small|medium))(?![\w])",
    re.I,
)
_HARDWARE = re.compile(r"[Ii]nstance|[Nn]ode|[Bb]undle|[Ww]orker|インスタンス|ノード|バンドル")
_SIZES = ("large", "xl", ".metal", ".nano", ".micro", ".small", ".medium")
_WHOLE_WORDS = frozenset({"RG", "Mac"})


def versions_in(text: str) -> tuple[tuple[str, str], ...]:
    """(version, words) in the text's order: "PostgreSQL 17.9", or "2.29.0" where no product
    that the list knows stands before it."""
    if not _DIGIT.search(text):
        return ()
    found: dict[str, str] = {}
    taken: list[tuple[int, int]] = []
    for match in _OF_PRODUCT.finditer(text):
        taken.append(match.span())
        for number in _ONE.findall(match["numbers"]):
            found.setdefault(f"{match['product']} {number.removeprefix('v')}", match[0].strip())
    for match in _BARE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        for number in _ONE.findall(match["numbers"] or match["dotted"]):
            found.setdefault(number.removeprefix("v"), match[0].strip())
    return tuple(found.items())


def instances_in(text: str) -> tuple[tuple[str, str], ...]:
    """(family or type, words) in the text's order: "M8i", "i7i.metal-24xl".

    A family counts only in a text that speaks of instances, nodes or bundles.
    """
    found: dict[str, str] = {}
    if any(size in text for size in _SIZES):
        for match in _LOWER_TYPE.finditer(text):
            found.setdefault(match["type"].lower(), match[0])
    if _HARDWARE.search(text):
        for match in _TOKEN.finditer(text):
            family = match["family"]
            if match["size"] or not (any(c.isdigit() for c in family) or family in _WHOLE_WORDS):
                continue
            found.setdefault(family, match[0])
    return tuple(found.items())
