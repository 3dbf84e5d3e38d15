"""The taxonomy: what is data is checked, and names are found where a reader finds them."""

from pathlib import Path

import pytest

from index.errors import ConfigError
from index.taxonomy import Taxonomy
from index.taxonomy.unknown import Text, unknown_names

TAXONOMY = Taxonomy.load()


def named(text: str) -> list[str]:
    return [mention.service.name for mention in TAXONOMY.services_in(text)]


def overlay(folder: Path, text: str) -> Path:
    file = folder / "taxonomy.toml"
    file.write_text(text, "utf-8")
    return file


def test_it_holds_every_area_and_some_350_services() -> None:
    assert len(TAXONOMY.areas) == 21
    assert len(TAXONOMY.services) >= 340
    assert {s.area for s in TAXONOMY.services} <= {a.name for a in TAXONOMY.areas}


def test_every_name_of_a_service_is_found_as_that_service_or_a_part_of_it() -> None:
    for service in TAXONOMY.services:
        found = TAXONOMY.services_in(f"{service.name}.")
        assert found, service.name
        family = {s.name for s in TAXONOMY.family(found[0].service)}
        assert service.name in family, service.name


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("Lambda functions on Graviton", ["AWS Lambda", "Amazon EC2"]),
        ("SageMaker Unified Studio opens", ["Amazon SageMaker Unified Studio"]),
        ("Now with Amazon EC2 Auto Scaling", ["Amazon EC2 Auto Scaling"]),
        ("AWS S3 and Amazon Lambda", ["Amazon S3", "AWS Lambda"]),  # the wrong vendor
        ("Aurora Serverless v2が利用可能に", ["Amazon Aurora"]),
        ("IAM アイデンティティセンターの設定", ["AWS IAM Identity Center"]),
        ("クラウドフロントとRDSを使う", ["Amazon CloudFront", "Amazon RDS"]),
        ("AWS Single Sign-On in two steps", ["AWS IAM Identity Center"]),
        ("Amazon S3‑compatible", ["Amazon S3"]),
    ],
)
def test_the_longest_name_at_each_place_is_found(text: str, services: list[str]) -> None:
    assert named(text) == services


@pytest.mark.parametrize(
    "text",
    [
        "Connect, Config, Backup, Batch and Shield as plain words",
        "machine learning and glue for lambda calculus",
        "geolocation of RAM and Linux",
        "multi-VPC_peering in pre-EC2 days",
        "オーロラビジョン",  # katakana goes on
        "SNS で話題になった",  # social networks
        "Spark Connect の使い方",
    ],
)
def test_common_words_and_parts_of_words_are_no_services(text: str) -> None:
    assert named(text) == []


def test_organizations_stands_alone_in_japanese_only() -> None:
    assert named("Organizations を使う") == ["AWS Organizations"]
    assert named("Organizations use it") == []


@pytest.mark.parametrize(
    ("typo", "service"),
    [("Amazon Kendora", "Amazon Kendra"), ("Amazon DynamoBD", "Amazon DynamoDB")],
)
def test_a_misspelt_name_after_its_vendor_is_understood(typo: str, service: str) -> None:
    assert named(f"{typo} の新機能") == [service]


def test_a_misspelt_short_or_unlike_name_is_not() -> None:
    assert named("Amazon Lox and Amazon Kenya") == []


def test_mentions_say_where_they_stand() -> None:
    text = "東京で Amazon EKS を使う"
    (mention,) = TAXONOMY.services_in(text)
    assert text[mention.start : mention.end] == mention.words == "Amazon EKS"


@pytest.mark.parametrize(
    ("tag", "area"),
    [
        ("marketing:marchitecture/databases", "Database"),
        ("Artificial Intelligence", "ML/AI"),
        ("Security, Identity, & Compliance", "Security"),
        ("Internet of Things (IoT)", "IoT"),
        ("GameTech", "Games"),
        ("Operations ", "Management"),
        ("amazon-machine-learning", "ML/AI"),
    ],
)
def test_category_tags_of_every_era_lead_to_an_area(tag: str, area: str) -> None:
    found = TAXONOMY.area_of_tag(tag)
    assert found is not None and found[0].name == area


@pytest.mark.parametrize("tag", ["2020", "Launch Announcement", "reinvent-2020-andy", "", "AWS"])
def test_tags_of_year_type_and_event_say_no_area_and_no_service(tag: str) -> None:
    assert TAXONOMY.area_of_tag(tag) is None
    assert TAXONOMY.service_of_tag(tag) is None


@pytest.mark.parametrize(
    ("tag", "service"),
    [
        ("general:products/amazon-rds", "Amazon RDS"),
        ("Amazon Ec2", "Amazon EC2"),
        ("'Amazon DynamoDB'", "Amazon DynamoDB"),
        ("amazon-simple-storage-service", "Amazon S3"),
        ("amazon-sagemaker-mlops", "Amazon SageMaker"),
        ("aws-single-sign-on", "AWS IAM Identity Center"),
    ],
)
def test_product_tags_in_any_published_form_lead_to_a_service(tag: str, service: str) -> None:
    found = TAXONOMY.service_of_tag(tag)
    assert found is not None and found.name == service


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("in US East (N. Virginia) and Asia Pacific (Tokyo)", ["us-east-1", "ap-northeast-1"]),
        ("アジアパシフィック（大阪）リージョン", ["ap-northeast-3"]),
        ("東京・大阪・フランクフルト", ["ap-northeast-1", "ap-northeast-3", "eu-central-1"]),
        ("AWS GovCloud (US-West)", ["us-gov-west-1"]),
        ("South America (Sao Paulo)", ["sa-east-1"]),
        ("ap-southeast-2", ["ap-southeast-2"]),
        ("タイプとタイトル", []),
        ("Parisian Londoners", []),
    ],
)
def test_regions_are_found_by_code_and_name(text: str, codes: list[str]) -> None:
    assert [place.region.code for place in TAXONOMY.regions_in(text)] == codes


def test_a_session_code_tells_its_track() -> None:
    area = TAXONOMY.area_of_code("DOP309")
    assert area is not None and area.name == "Developer tools"


def test_a_persons_overlay_wins_and_adds(tmp_path: Path) -> None:
    own = overlay(
        tmp_path,
        '[[service]]\nname = "Amazon ECR"\narea = "Compute"\n\n'
        '[[service]]\nname = "Amazon Foobar"\narea = "Storage"\nalso = ["Foobarium"]\n',
    )
    taxonomy = Taxonomy.load(own)
    ecr = taxonomy.service("ECR")
    assert ecr is not None and ecr.area == "Compute"
    assert "Amazon ECR" in taxonomy.ruled
    assert [m.service.name for m in taxonomy.services_in("Foobarium")] == ["Amazon Foobar"]
    shipped = TAXONOMY.service("ECR")
    assert shipped is not None and shipped.area == "Containers"


def test_a_name_that_a_person_gives_to_another_service_moves_there(tmp_path: Path) -> None:
    own = overlay(tmp_path, '[[service]]\nname = "Amazon Nova"\nalso = ["PartyRock"]\n')
    found = Taxonomy.load(own).services_in("PartyRock plays")
    assert [m.service.name for m in found] == ["Amazon Nova"]
    assert named("PartyRock plays") == ["Amazon Bedrock"]


def test_a_persons_rules_speak_too(tmp_path: Path) -> None:
    text = '[[rule]]\nfact = "change"\nvalue = "party"\nwhen = [\'(?i)\\bparty\\b\']\n'
    rule = Taxonomy.load(overlay(tmp_path, text)).rules[0]
    assert (rule.value, bool(rule.when[0].search("A Party!"))) == ("party", True)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[[service]]\nname = "Amazon ECR"\narea = "Compte"\n', 3, "unknown area 'Compte'"),
        ('\n[[service]]\nname = "X"\n', 2, "needs its area"),
        ('[[service]]\nname = "Amazon ECR"\nalias = ["a"]\n', 3, "unknown key 'alias'"),
        ('[[service]]\nname = "Amazon ECR"\nbare = "maybe"\n', 3, "bare is 'maybe'"),
        ('[[service]]\nname = "Amazon ECR"\nalso = "ecr"\n', 3, "list of texts"),
        ('[[service]]\nname = "Amazon ECR"\npart_of = "Nothing"\n', 3, "unknown service"),
        ('[[service]]\nname = "Amazon ECR"\nformer = ["x"]\n', 3, "former name"),
        (
            '[[service]]\nname = "Amazon EC2"\npart_of = "Amazon EC2 Auto Scaling"\n',
            3,
            "a part of itself",
        ),
        ('[[rule]]\nfact = "stage"\nvalue = "x"\nwhen = [\'(\']\n', 4, "no regular expression"),
        (
            '[[area]]\nname = "IoT"\nstood_under = [{ name = "X", until = 2020-01-01 }]\n',
            3,
            "unknown area 'X'",
        ),
        ('[[servce]]\nname = "Amazon ECR"\n', 1, "unknown table 'servce'"),
        ('[[service]]\nname = "Amazon\n', 2, "line 2"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        Taxonomy.load(overlay(tmp_path, text))
    assert f"line {line}" in str(caught.value)
    assert reason in str(caught.value)


def test_unknown_names_are_listed_most_frequent_first() -> None:
    texts = [
        Text("1", "Amazon Quuxwell is here", "Use Amazon Quuxwell with Amazon S3."),
        Text("2", "News", "AWS Frobnicator for Teams and Amazon Quuxwell in AWS Regions."),
        Text("3", "AWS Web Services", "In AWS Region x. Amazon Bedrock."),
        Text("4", "Tagged", "", ("general:products/aws-frobnicate", "amazon-ec2", "2024")),
    ]
    found = unknown_names(texts, TAXONOMY)
    assert [(u.name, u.count) for u in found] == [
        ("Amazon Quuxwell", 2),
        ("AWS Frobnicator for Teams", 1),
        ("aws-frobnicate", 1),
    ]
    assert found[0].example == "Amazon Quuxwell is here"


@pytest.mark.parametrize(
    "text", ["Amazon Lex がスペイン語をサポート", "이제 스페인어로 편집", "イタリア語とスペイン語"]
)
def test_a_language_is_no_region(text: str) -> None:
    assert not TAXONOMY.regions_in(text)


def test_regions_are_found_in_either_script_and_by_their_codes() -> None:
    def codes(text: str) -> list[str]:
        return [place.region.code for place in TAXONOMY.regions_in(text)]

    assert codes("Now in São Paulo, us-west-2 and Tokyo") == [
        "sa-east-1", "us-west-2", "ap-northeast-1",
    ]  # fmt: skip
    assert codes("スペインと東京リージョン、eu-west-1 で") == [
        "eu-south-2", "ap-northeast-1", "eu-west-1",
    ]  # fmt: skip
    assert codes("AWS Shield, 이제 캐나다 서부(캘거리) 리전") == ["ca-west-1"]


def test_a_name_of_general_words_alone_is_not_told_as_unknown() -> None:
    texts = [
        Text("1", "AWS Security Services and AWS Media Services", "Read the AWS Big Data Blog.")
    ]
    assert unknown_names(texts, TAXONOMY) == ()
    texts = [Text("1", "AWS Wobble Services", "")]
    assert [name.name for name in unknown_names(texts, TAXONOMY)] == ["AWS Wobble Services"]


def test_the_parts_of_a_service_lend_it_their_areas() -> None:
    sagemaker = TAXONOMY.service("Amazon SageMaker")
    assert sagemaker and {"ML/AI", "Analytics"} <= TAXONOMY.areas_of(sagemaker)
