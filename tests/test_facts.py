"""Facts of an entry: each with its evidence, from words as announcements write them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entry import Entry, Session
from index.errors import ConfigError
from index.fact import Evidence, Fact, FactKind, Facts
from index.facts import read_facts
from index.facts.corrections import read_correction
from index.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()
WHEN = datetime(2020, 12, 8, tzinfo=UTC)


def facts(title: str, text: str = "", **fields: object) -> Facts:
    given_fields = {"kind": "announcement", "source": "whats-new-en", **fields}
    entry = Entry(title=title, text=text, published=WHEN, **given_fields)  # type: ignore[arg-type]
    return read_facts(entry, TAXONOMY)


def area(title: str, text: str = "", **fields: object) -> Fact:
    return facts(title, text, **fields).of(FactKind.AREA)[0]


class SureOf:
    """A classifier that always says the same."""

    def __init__(self, area: str, margin: float) -> None:
        self.answer = area, margin

    def guess(self, text: str, services: tuple[str, ...]) -> tuple[str, float]:
        return self.answer


# --- area -------------------------------------------------------------------------------


def test_a_persons_word_comes_before_everything() -> None:
    entry = Entry(
        kind="announcement", title="Amazon ECR copies images", source="s", published=WHEN,
        tags=("containers",),
    )  # fmt: skip
    found = read_facts(entry, TAXONOMY, corrections=[(FactKind.AREA, "Compute")])
    assert found.of(FactKind.AREA) == (Fact(FactKind.AREA, "Compute", Evidence.PERSON),)


def test_a_service_filed_by_the_overlay_comes_before_awss_tag(tmp_path: Path) -> None:
    own = tmp_path / "taxonomy.toml"
    own.write_text('[[service]]\nname = "Amazon ECR"\narea = "Compute"\n')
    entry = Entry(
        kind="announcement", title="ECR copies images", source="s", published=WHEN,
        tags=("containers",),
    )  # fmt: skip
    found = read_facts(entry, Taxonomy.load(own)).of(FactKind.AREA)[0]
    assert (found.value, found.evidence) == ("Compute", Evidence.PERSON)


def test_awss_tag_comes_before_the_title() -> None:
    found = area("Amazon ECR copies images", tags=("2020", "marketing:marchitecture/storage"))
    assert (found.value, found.evidence) == ("Storage", Evidence.TAG)


def test_a_tag_is_read_with_the_filing_of_its_day() -> None:
    then = datetime(2020, 12, 1, tzinfo=UTC)
    ecr = Entry(kind="announcement", title="Amazon ECR copies images", source="s",
                published=then, tags=("compute",))  # fmt: skip
    assert read_facts(ecr, TAXONOMY).area == "Containers"
    later = replace(ecr, published=datetime(2021, 1, 1, tzinfo=UTC))
    assert read_facts(later, TAXONOMY).area == "Compute"
    other = replace(ecr, title="AWS Lambda copies images")
    assert read_facts(other, TAXONOMY).area == "Compute"


def test_a_lone_category_gives_way_where_title_and_product_tag_agree() -> None:
    title, product = "Amazon Lex finds anomalies", "amazon-lex"
    found = area(title, tags=("security", product))
    assert (found.value, found.evidence, found.weak) == ("ML/AI", Evidence.TAG, True)
    assert area(title, tags=("security",)).value == "Security"
    assert area(title, tags=("security",)).weak, "the title speaks against it"
    told = area(title, "Amazon Lex now finds anomalies.", tags=("security",))
    assert (told.value, told.evidence, told.weak) == ("ML/AI", Evidence.LEAD, True)
    assert area(title, tags=("security", "storage", product)).value == "Security"
    assert area(title, tags=("training", product)).value == "Training", "a form, not a service"
    helping = area("Amazon CloudWatch finds anomalies", tags=("database", "amazon-cloudwatch"))
    assert helping.value == "Database"
    shared = area("Amazon Lex on AWS WAF", tags=("security", product))
    assert shared.value == "Security" and not shared.weak
    part = area("Amazon SageMaker moves projects", tags=("analytics", "amazon-sagemaker"))
    assert part.value == "Analytics", "Unified Studio is its part"


def test_of_several_tags_the_one_that_the_titles_service_has_decides() -> None:
    tags = ("storage", "containers", "compute")
    assert area("Amazon ECR copies images", tags=tags).value == "Containers"


def test_the_titles_first_service_decides_without_tags() -> None:
    found = area("Amazon ECR copies images to Amazon S3")
    assert (found.value, found.evidence, found.words) == (
        "Containers", Evidence.TITLE, "Amazon ECR",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("AWS PrivateLink support for Amazon Forecast", "ML/AI"),
        ("CloudWatch metrics for Amazon DynamoDB", "Database"),
        ("U7i instances arrive", "Compute"),
        ("AWS PrivateLink has a new console", "Network"),
    ],
)
def test_a_service_that_helps_another_gives_way_to_it(title: str, expected: str) -> None:
    assert area(title).value == expected


def test_a_part_that_the_first_sentence_names_decides_over_the_whole() -> None:
    text = "Amazon SageMaker Unified Studio now sorts columns."
    assert area("Amazon SageMaker sorts columns", text).value == "Analytics"


def test_without_evidence_the_area_is_other_and_asks_for_a_look() -> None:
    found = area("Something happened")
    assert (found.value, found.evidence, found.weak) == ("Other", Evidence.NONE, True)


def test_the_classifier_speaks_only_where_nothing_better_does() -> None:
    entry = Entry(kind="announcement", title="Something happened", source="s", published=WHEN)
    sure = read_facts(entry, TAXONOMY, classifier=SureOf("Games", 0.9)).of(FactKind.AREA)[0]
    unsure = read_facts(entry, TAXONOMY, classifier=SureOf("Games", 0.1)).of(FactKind.AREA)[0]
    assert (sure.value, sure.evidence, sure.weak) == ("Games", Evidence.CLASSIFIER, False)
    assert unsure.weak


def test_a_title_that_the_classifier_firmly_doubts_asks_for_a_look() -> None:
    entry = Entry(kind="announcement", title="Amazon ECR news", source="s", published=WHEN)
    found = read_facts(entry, TAXONOMY, classifier=SureOf("Games", 0.9)).of(FactKind.AREA)[0]
    assert (found.value, found.weak) == ("Containers", True)


def test_a_blogs_channel_comes_before_its_words() -> None:
    found = area(
        "How we train with Amazon EKS", kind="blog", source="aws-blog-machine-learning",
        url="https://aws.amazon.com/blogs/machine-learning/how-we-train/",
    )  # fmt: skip
    assert (found.value, found.evidence) == ("ML/AI", Evidence.CHANNEL)


def test_a_blog_of_all_trades_is_filed_by_its_categories_and_title() -> None:
    tags = ("'Amazon DynamoDB'", "Announcements")
    found = area("A new table class", kind="blog", source="aws-blog-aws", tags=tags)
    assert found.value == "Database"


def test_a_session_is_filed_by_its_topics_then_its_track() -> None:
    session = Session(code="DOP309", year=2020, topics=("Databases",))
    assert area("Test twice", kind="session", session=session).value == "Database"
    bare = Session(code="DOP309", year=2020)
    assert area("Test twice", kind="session", session=bare).value == "Developer tools"


def test_a_digests_items_keep_the_authors_label_beside_our_area() -> None:
    assert area("ECR copies images", label="Compute").value == "Containers"
    only_label = area("何かが起きた", label="ストレージ")
    assert (only_label.value, only_label.evidence) == ("Storage", Evidence.LABEL)


def test_a_digest_covers_many_areas_and_none_is_missing() -> None:
    found = area("週刊まとめ: EC2 と S3", kind="digest")
    assert (found.value, found.weak) == ("Other", False)


# --- services -------------------------------------------------------------------------------


def test_subjects_stand_in_the_title_and_the_rest_is_mentioned() -> None:
    found = facts(
        "AWS Step Functions runs Amazon Athena queries",
        "It sends results to Amazon SNS. See https://aws.amazon.com/ec2 and `aws s3 ls`.",
    )
    assert found.services == ("AWS Step Functions", "Amazon Athena")
    assert found.values(FactKind.MENTIONED) == ("Amazon SNS",)


def test_a_part_brings_its_family_along() -> None:
    assert facts("Amazon EC2 Auto Scaling waits").services == (
        "Amazon EC2 Auto Scaling", "Amazon EC2",
    )  # fmt: skip


def test_a_service_that_serves_all_is_a_subject_only_where_it_leads() -> None:
    found = facts("Amazon Keyspaces shows costs in Amazon CloudWatch")
    assert found.services == ("Amazon Keyspaces",)
    assert found.values(FactKind.MENTIONED) == ("Amazon CloudWatch",)
    assert facts("Amazon CloudWatch shows more").services == ("Amazon CloudWatch",)


def test_without_a_service_in_the_title_the_first_sentence_gives_one() -> None:
    found = facts("Faster backups for everyone", "With Amazon EFS and Amazon S3 you save time.")
    (service,) = found.of(FactKind.SERVICE)
    assert (service.value, service.evidence) == ("Amazon EFS", Evidence.LEAD)


def test_a_note_is_about_what_it_dwells_on() -> None:
    text = "CloudFormation の話。" * 5 + "IAM も少し。"
    (service,) = facts("テストの話", text, kind="note").of(FactKind.SERVICE)
    assert (service.value, service.weak) == ("AWS CloudFormation", True)


# --- stage and changes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Amazon Foo is now generally available", "ga"),
        ("Announcing the general availability of Foo", "ga"),
        ("Foo goes GA", "ga"),
        ("Amazon Foo の一般提供を開始", "ga"),
        ("Foo がGAしました", "ga"),
        ("Introducing Foo (Preview)", "preview"),
        ("Foo is now in public beta", "preview"),
        ("Foo のプレビューを発表", "preview"),
        ("Foo (preview) is now generally available", "ga"),
        ("Amazon RDS adds MariaDB 11 in its Preview Environment", ""),
        ("データベースプレビュー環境で PostgreSQL 20 をサポート", ""),
        ("You can now preview images in Amazon WorkDocs", ""),
        ("Amazon Foo is now available in Asia Pacific (Osaka)", "region"),
        ("Amazon Foo is generally available in two additional Regions", "region"),
        ("Amazon Foo is now available in Poland and Kenya", "region"),
        ("Foo が大阪リージョンで利用可能に", "region"),
        ("Foo の利用可能なリージョンが拡大", "region"),
        ("Amazon Foo supports multi-Region keys", ""),
        ("Amazon Foo copies backups across AWS Regions and accounts", ""),
        ("Foo がマルチリージョンレプリケーションをサポート", ""),
        ("Amazon Foo, 이제 서울 리전에서 사용 가능", "region"),
        ("Amazon Foo 정식 출시", "ga"),
        ("Amazon Foo 평가판 출시", "preview"),
        ("AWS Service Availability Updates", "end"),
        ("Announcing the end of support for Foo 1", "end"),
        ("Amazon Foo is closing to new customers", "end"),
        ("Foo のサポート終了のお知らせ", "end"),
        ("AWS Health now notifies you of upcoming end of support dates", ""),
        ("Amazon Location Service speeds up geolocation", ""),
        ("Amazon Foo supports end-to-end encryption", ""),
    ],
)
def test_a_title_states_its_stage(title: str, stage: str) -> None:
    assert facts(title).stage == stage


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Today we announce the general availability of Foo.", "ga"),
        ("Foo is big. It is now generally available to everyone.", "ga"),
        ("本日、Foo の一般提供を発表しました。", "ga"),
        ("Foo is now available in preview.", "preview"),
        ("Foo のプレビュー版を発表しました。", "preview"),
        ("One. Two. Foo is now generally available.", ""),  # beyond the second sentence
        ("It runs our most capable generally available model.", ""),
        ("We improved it since the preview.", ""),
    ],
)
def test_the_first_two_sentences_state_it_where_the_title_does_not(text: str, stage: str) -> None:
    assert facts("Introducing Foo", text).stage == stage


def test_region_news_stays_region_news_whatever_the_lead_says() -> None:
    text = "We announce the general availability of M9 instances in Tokyo."
    assert facts("Region expansion of M9 instances", text).stage == "region"


@pytest.mark.parametrize(
    ("title", "changes"),
    [
        ("Amazon RDS for PostgreSQL supports minor versions 17.5 and 16.9", {"version"}),
        ("AWS Lambda adds support for Python 3.14", {"version"}),
        ("Amazon Foo requires TLS 1.3", set()),
        ("Introducing Amazon EC2 M9g instances", {"instance"}),
        ("Amazon EC2 M9g instances are now available in Europe (Paris)", {"region"}),
        ("Amazon SQS raises its message size limit to 1 MiB", {"quota"}),
        ("Amazon Foo cuts prices by 20%", {"price"}),
        ("Amazon Foo lowers latency", set()),
        ("Amazon Kendra is now HIPAA eligible", {"compliance"}),
        ("Amazon AppFlow integrates with Zendesk", {"integration"}),
        ("Amazon Athena publishes events to Amazon EventBridge", {"integration"}),
        ("New digital course: storage for beginners", {"program"}),
        ("Amazon Personalize trains models faster", set()),
        ("AWS App Runner is closing to new customers", {"deprecation"}),
    ],
)
def test_a_title_states_what_it_changes(title: str, changes: set[str]) -> None:
    assert set(facts(title).values(FactKind.CHANGE)) == changes


def test_sessions_and_digests_state_no_stage_and_no_change() -> None:
    found = facts("Preview of new EC2 instances in Tokyo", kind="session")
    assert not found.stage and not found.of(FactKind.CHANGE)


def test_a_list_of_closings_is_about_each_service_on_it() -> None:
    text = (
        "These change.\n\nNo longer accessible to new customers starting April 30, 2026.\n\n"
        "- [AWS App Runner](https://docs.aws.amazon.com/apprunner/)\n"
        "- [Amazon SNS - Message Sorting Feature](https://docs.aws.amazon.com/sns/)\n"
    )
    found = facts("AWS Service Availability Updates", text)
    assert found.services == ("AWS App Runner",)
    (sns,) = (f for f in found.of(FactKind.MENTIONED) if f.value == "Amazon SNS")
    assert sns.detail == "feature"


# --- versions, hardware, money, dates, places --------------------------------------------


def test_versions_are_read_from_lists() -> None:
    found = facts("Amazon Aurora が PostgreSQL 17.9、16.13 をサポート")
    assert found.values(FactKind.VERSION) == ("PostgreSQL 17.9", "PostgreSQL 16.13")


def test_instance_families_are_those_of_the_title_not_those_it_compares_with() -> None:
    text = "M9g instances are 20% faster than M8g instances."
    found = facts("Amazon EC2 M9g and C9g-flex instances", text)
    assert found.values(FactKind.INSTANCE) == ("M9g", "C9g-flex")


def test_a_price_stands_with_its_sentence() -> None:
    found = facts("Foo", "Try it. You pay $0.10 per analysis. That is all.")
    (price,) = found.of(FactKind.PRICE)
    assert price.value.startswith("$0.10 per analysis")
    assert price.detail == "You pay $0.10 per analysis."


@pytest.mark.parametrize(
    ("text", "day", "what"),
    [
        ("Support for Foo 1 ends on April 30, 2026.", "2026-04-30", "end-of-support"),
        ("Foo は 2026 年 4 月 30 日にサポートを終了します。", "2026-04-30", "end-of-support"),
        ("It will be closed to new customers on 31 May 2026.", "2026-05-31", "closed-to-new"),
        ("Foo will no longer be available in February 2028.", "2028-02-29", "end-of-support"),
    ],
)
def test_a_deadline_is_a_date_with_what_ends_then(text: str, day: str, what: str) -> None:
    (deadline,) = facts("News of Foo", text).of(FactKind.DEADLINE)
    assert (deadline.value, deadline.detail) == (day, what)


@pytest.mark.parametrize(
    "text",
    [
        "Foo was announced on April 30, 2026.",
        "Foo ends support on February 30, 2026.",
        "We support you through April.",
        "Update (May 17, 2021) – the sample is no longer available.",
        "追記(2021年5月17日) この機能は廃止されました。",
    ],
)
def test_other_dates_are_no_deadlines(text: str) -> None:
    assert not facts("News of Foo", text).of(FactKind.DEADLINE)


def test_regions_are_added_all_or_not_yet() -> None:
    text = "Foo is available in all AWS Regions except Asia Pacific (Osaka)."
    found = {f.value: f.detail for f in facts("Foo", text).of(FactKind.REGION)}
    assert found == {"all": "all", "ap-northeast-3": "not-yet"}
    japanese = "Foo は大阪リージョンを除く東京などで利用可能です。"
    found = {f.value: f.detail for f in facts("Foo", japanese).of(FactKind.REGION)}
    assert found == {"ap-northeast-3": "not-yet", "ap-northeast-1": "added"}


def test_the_narrower_programme_hides_the_wider() -> None:
    found = facts("Amazon Foo achieves FedRAMP High authorization")
    assert found.values(FactKind.COMPLIANCE) == ("FedRAMP High",)


# --- the whole -----------------------------------------------------------------------------


@given(st.text(max_size=200), st.text(max_size=800))
def test_no_text_whatever_makes_reading_fail(title: str, text: str) -> None:
    found = facts(title if title.strip() else "x", text)
    assert found.area
    for fact in found:
        assert fact.kind in FactKind and fact.evidence in Evidence


def test_reading_twice_gives_the_same() -> None:
    text = "Now generally available in Tokyo for $1 per hour."
    assert facts("Amazon EKS adds nodes", text) == facts("Amazon EKS adds nodes", text)


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("area=コンテナ", FactKind.AREA, "Containers"),
        ("service=AWS SSO", FactKind.SERVICE, "AWS IAM Identity Center"),
        ("stage=GA", FactKind.STAGE, "ga"),
        ("stage=none", FactKind.STAGE, ""),
        ("region=Tokyo", FactKind.REGION, "ap-northeast-1"),
        ("deadline=2026-04-30", FactKind.DEADLINE, "2026-04-30"),
        ("change=price", FactKind.CHANGE, "price"),
    ],
)
def test_corrections_take_any_name_and_keep_the_canonical(
    said: str, kind: FactKind, value: str
) -> None:
    assert read_correction(said, TAXONOMY) == (kind, value)


@pytest.mark.parametrize(
    "said", ["area", "area=", "area=Nowhere", "colour=red", "stage=done", "deadline=soon",
             "service=Amazon Nothing", "region=Atlantis", "change=mood", "area=none"]
)  # fmt: skip
def test_a_wrong_correction_names_what_is_possible(said: str) -> None:
    with pytest.raises(ConfigError):
        read_correction(said, TAXONOMY)


def test_a_correction_of_none_leaves_no_fact_of_its_kind() -> None:
    entry = Entry(
        kind="announcement", title="Foo is now generally available", source="s", published=WHEN
    )
    assert not read_facts(entry, TAXONOMY, corrections=[(FactKind.STAGE, "")]).stage


def test_the_words_of_a_stage_are_whole() -> None:
    (stage,) = facts("Amazon Aurora Serverless v2 is generally available").of(FactKind.STAGE)
    assert stage.words == "generally available"
