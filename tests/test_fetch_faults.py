"""Every fault of the wire, on a real site that misbehaves: what the person is told."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from crawler.sources import Source
from tests.driving import Run, run
from tests.site import Reply, Site, always, bomb, dripping, flood, in_turn, rss, running

NEWS = rss(("First", "Mon, 07 Dec 2020 10:00:00 GMT"))


def _cut_off(site: Site) -> str:
    return site.at("/cut-off", lambda ask: Reply(200, NEWS[:200], length=len(NEWS)))


def _no_http(site: Site) -> str:
    return site.at("/no-http", lambda ask: Reply(raw=b"SSH-2.0-OpenSSH_9.0\r\n"))


FAULTS = {
    "not-found": (always(404), "failed", "not found (404)"),
    "server-error": (always(500), "failed", "answered with 500"),
    "forbidden": (always(403), "stopped", "refused with 403"),
    "gone": (always(410), "retired", "gone for good (410)"),
    "empty": (always(200), "failed", "empty"),
    "html": (always(200, b"<html><body>Sign in</body></html>"), "failed", "HTML"),
    "bomb": (bomb(), "failed", "larger than the limit"),
    "flood": (flood(12), "failed", "larger than the limit"),
    "loop": (lambda ask: Reply(302, headers={"Location": "/loop"}), "failed", "redirects without"),
    "to-file": (always(302, Location="file:///etc/passwd"), "failed", "no web address"),
    "unasked-304": (always(304), "failed", "304"),
    "broken-gzip": (always(200, b"\x1f\x8bnonsense", Content_Encoding="gzip"), "failed", "damaged"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def faults(site: Site) -> Run:
    """One run over every fault at once, with a good source at either end of them."""
    sources = [Source(name="good", url=site.at("/good", NEWS))]
    for name, (page, _, _) in FAULTS.items():
        sources.append(Source(name=name, url=site.at(f"/{name}", page)))
    sources += [
        Source(name="slow", url=site.at("/slow", dripping(site))),
        Source(name="cut-off", url=_cut_off(site)),
        Source(name="no-http", url=_no_http(site)),
        Source(name="too-long", url=site.at("/too-long", _claims_much)),
        Source(name="nobody", url="http://127.0.0.1:9/feed"),
        Source(name="no-host", url="http://no-such-host.invalid/feed"),
        Source(name="good-too", url=site.at("/good-too", NEWS)),
    ]
    return run(*sources)


def _claims_much(ask: object) -> Reply:
    return Reply(200, NEWS, length=50 * 2**20)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_in_a_sentence(faults: Run, name: str) -> None:
    _, status, words = FAULTS[name]
    outcome = faults.outcomes[name]
    assert outcome.status == status
    assert words in outcome.message
    assert outcome.is_trouble
    assert outcome.state.error == outcome.message


def test_one_failing_source_never_stops_the_others(faults: Run) -> None:
    for name in ("good", "good-too"):
        assert faults.outcomes[name].status == "collected"
        assert faults.titles(name) == ["First"]


def test_a_source_that_drips_is_given_up_after_the_time_limit(faults: Run) -> None:
    outcome = faults.outcomes["slow"]
    assert "time limit" in outcome.message
    assert 1.0 < outcome.seconds < 20.0


def test_an_answer_that_was_cut_off_is_not_kept(faults: Run) -> None:
    assert "cut off" in faults.outcomes["cut-off"].message
    assert faults.of("cut-off") == []


def test_a_length_beyond_the_limit_is_refused_before_it_is_read(faults: Run) -> None:
    assert "larger than the limit" in faults.outcomes["too-long"].message


@pytest.mark.parametrize(
    ("name", "words"), [("nobody", "nobody answers"), ("no-host", "no such host")]
)
def test_a_host_that_is_not_there_is_told(faults: Run, name: str, words: str) -> None:
    assert words in faults.outcomes[name].message


def test_bytes_that_are_no_http_are_told(faults: Run) -> None:
    assert "no web server" in faults.outcomes["no-http"].message


def test_a_server_error_is_tried_twice_and_a_missing_page_once(faults: Run, site: Site) -> None:
    assert len(site.asked("/server-error")) == 2
    assert len(site.asked("/not-found")) == 1


def test_redirects_end_after_five(faults: Run, site: Site) -> None:
    assert len(site.asked("/loop")) == 6


def test_a_stopped_source_is_not_asked_again_the_same_day(faults: Run, site: Site) -> None:
    again = run(
        Source(name="forbidden", url=site.url("/forbidden")), states=[faults.state("forbidden")]
    )
    assert again.outcomes["forbidden"].status == "stopped"
    assert again.outcomes["forbidden"].requests == 0


def test_a_retired_source_is_never_asked_again(faults: Run, site: Site) -> None:
    again = run(Source(name="gone", url=site.url("/gone")), states=[faults.state("gone")])
    assert again.outcomes["gone"].status == "retired"
    assert again.outcomes["gone"].requests == 0


def test_a_dead_host_is_asked_once_a_run() -> None:
    sources = [Source(name=f"n{i}", url=f"http://127.0.0.1:9/{i}") for i in range(4)]
    found = run(*sources)
    assert all("nobody answers" in found.outcomes[s.name].message for s in sources)
    assert sum(found.outcomes[s.name].seconds for s in sources) < 5.0


def test_retry_after_is_waited_for_within_our_patience(site: Site) -> None:
    busy = always(429, Retry_After="1")
    url = site.at("/busy-shortly", in_turn(busy, always(200, NEWS)))
    assert run(Source(name="busy", url=url)).outcomes["busy"].status == "collected"
    first, second = site.asked("/busy-shortly")
    assert second.when - first.when >= 0.9


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_retry_after_binds_the_next_run(site: Site, status: int) -> None:
    source = Source(name="busy", url=site.at(f"/busy-{status}", always(status, Retry_After="600")))
    found = run(source)
    outcome = found.outcomes["busy"]
    assert outcome.status == "failed" and "asks us to wait until" in outcome.message
    until = outcome.state.wait_until
    assert timedelta(minutes=9) < until - datetime.now(UTC) <= timedelta(minutes=10)
    again = run(source, states=found.states, force=True)
    assert again.outcomes["busy"].status == "waiting"
    assert len(site.asked(f"/busy-{status}")) == 1


def test_retry_after_may_be_a_date(site: Site) -> None:
    then = datetime.now(UTC) + timedelta(hours=2)
    page = always(503, Retry_After=then.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    state = run(Source(name="busy", url=site.at("/busy-date", page))).states[0]
    assert abs(state.wait_until - then) < timedelta(seconds=2)


def test_a_busy_host_is_left_alone_by_its_other_sources(site: Site) -> None:
    with running() as other:
        busy = Source(name="busy", url=other.at("/a", always(429, Retry_After="600")))
        next_one = Source(name="next", url=other.at("/b", NEWS))
        found = run(busy, next_one)
        assert "asks us to wait" in found.outcomes["next"].message
        assert other.asked("/b") == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: object) -> None:
    with running(context=_self_signed(tmp_path)) as secure:
        found = run(Source(name="tls", url=secure.at("/feed", NEWS)))
    outcome = found.outcomes["tls"]
    assert outcome.status == "failed"
    assert "certificate" in outcome.message
    assert found.parcels == []


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/good", "http://localhost:{port}/good"])
def test_a_public_source_cannot_lead_into_the_private_network(
    site: Site, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    port = site.host.split(":")[1]
    leads = always(302, Location=target.format(port=port))
    # The site answers as a proxy would, for a public name that needs no network.
    url = "http://feeds.example.org/feed"
    site.pages["http://feeds.example.org/feed"] = leads
    site.pages["/feed"] = leads
    before = len(site.asked("/good"))
    monkeypatch.setenv("http_proxy", f"http://{site.host}")
    found = run(Source(name="lured", url=url))
    assert found.outcomes["lured"].status == "refused"
    assert "private address" in found.outcomes["lured"].message
    assert len(site.asked("/good")) == before


def test_a_private_source_may_redirect_at_home(site: Site) -> None:
    url = site.at("/moved-here", always(302, Location="/good"))
    assert run(Source(name="home", url=url)).outcomes["home"].status == "collected"


def _self_signed(folder: object) -> ssl.SSLContext:
    from pathlib import Path

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = Path(str(folder)) / "site.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
