"""One page, one address: every way in which sources are known to write it."""

import pytest

from index.address import canonical_url, is_web_address, launch_slug, mend_url, url_lang

PAGE = "https://aws.amazon.com/about-aws/whats-new/2026/05/amazon-bedrock-quotas"


@pytest.mark.parametrize(
    "written",
    [
        "http://aws.amazon.com/about-aws/whats-new/2026/05/amazon-bedrock-quotas/",
        "https://AWS.amazon.com/about-aws/whats-new/2026/5/Amazon-Bedrock-Quotas/",
        "https://aws.amazon.com//about-aws/whats-new/2026/05/amazon-bedrock-quotas?nc1=h_ls#top",
        "https://www.aws.amazon.com/about-aws/whats-new/2026/05/amazon-bedrock-quotas",
    ],
)
def test_spellings_of_one_page_are_one_address(written: str) -> None:
    assert canonical_url(written) == PAGE


def test_a_slash_that_aws_dropped_is_put_back() -> None:
    broken = "https://aws.amazon.com/jpabout-aws/whats-new/2025/12/aws-wickr/"
    assert mend_url(broken) == "https://aws.amazon.com/jp/about-aws/whats-new/2025/12/aws-wickr/"
    assert launch_slug(broken) == "whats-new/2025/12/aws-wickr"


def test_copies_in_other_languages_share_the_launch_but_not_the_address() -> None:
    japanese = PAGE.replace(".com/", ".com/jp/")
    assert canonical_url(japanese) != canonical_url(PAGE)
    assert launch_slug(japanese) == launch_slug(PAGE) == "whats-new/2026/05/amazon-bedrock-quotas"
    assert (url_lang(japanese), url_lang(PAGE), url_lang("https://x.example/")) == (
        "ja",
        "en",
        None,
    )


def test_the_same_slug_under_two_months_is_two_launches() -> None:
    assert launch_slug(PAGE) != launch_slug(PAGE.replace("/05/", "/03/"))


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("https://youtu.be/abc123", "https://youtube.com/watch?v=abc123"),
        (
            "https://www.youtube.com/watch?v=abc123&list=PL1&index=4",
            "https://youtube.com/watch?v=abc123",
        ),
        ("https://www.youtube.com/embed/abc123", "https://youtube.com/watch?v=abc123"),
        ("https://blog.example.jp/entry?id=7&utm_source=rss", "https://blog.example.jp/entry?id=7"),
        ("http://127.0.0.1:8000/a/", "https://127.0.0.1:8000/a"),
    ],
)
def test_other_hosts_lose_only_what_names_no_page(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "/relative", "https://", "ftp://x.example/", "https://a b/", ""]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    assert not is_web_address(text)
    with pytest.raises(ValueError, match="http"):
        canonical_url(text)
