"""One run of the crawler: a process of its own, from an errand to its last outcome."""

import asyncio
import logging
import signal
import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from crawler.manners import REDIRECTS, user_agent
from crawler.spiders.collector import Collector, Errand
from crawler.wire import Manners
from index.errors import FetchError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def program_version() -> str:
    """The installed version, "0" in a bare checkout."""
    try:
        return version("reinvent-kb")
    except PackageNotFoundError:
        return "0"


def collect(errand: Errand) -> bool:
    """Walk all sources of the errand; True when a person (or the system) interrupted it.

    Blocks until the last outcome was delivered. Twisted's reactor cannot be started twice:
    call it once in a process.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    # What libraries mutter of odd markup is no news for a person.
    warnings.simplefilter("ignore")
    logging.getLogger("twisted").setLevel(logging.CRITICAL)
    process = AsyncCrawlerProcess(settings(errand.manners))
    crawler = process.create_crawler(Collector)
    process.crawl(crawler, errand=errand)
    _stop_on_signals(crawler)
    process.start(install_signal_handlers=False)
    return ended(crawler)


def ended(crawler: "Crawler") -> bool:
    """Whether a finished crawl was interrupted; raises what its desk could not bear."""
    spider = crawler.spider
    if not isinstance(spider, Collector):
        raise FetchError("the crawler could not be started")
    if spider.broken:
        raise spider.broken
    return spider.interrupted


def settings(manners: Manners) -> dict[str, Any]:
    """Scrapy's settings: its defaults are rude (no delay, no certificate check, 1 GiB)."""
    return {
        "USER_AGENT": user_agent(program_version(), manners.contact),
        "DOWNLOAD_DELAY": manners.pace,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": manners.abreast,
        "DOWNLOAD_TIMEOUT": manners.timeout,
        "DNS_TIMEOUT": manners.timeout,
        "DOWNLOAD_MAXSIZE": manners.archive_limit,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_MAX_TIMES": REDIRECTS,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 408, 522, 524],
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.ResponseDataLossError",
            "twisted.internet.error.ConnectionLost",
            "twisted.internet.error.ConnectionDone",
        ],
        "ROBOTSTXT_OBEY": False,  # crawler.robots asks: it knows a feed from a page
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "crawler.redirects.SafeRedirects": 600,
            "crawler.redirects.CountBytes": 990,
        },
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "REACTOR_THREADPOOL_MAXSIZE": 8,
    }


def _stop_on_signals(crawler: Any) -> None:
    """Ctrl-C and a polite kill end the run after what is on its way is kept."""
    loop = asyncio.get_event_loop()

    def stop() -> None:
        if isinstance(crawler.spider, Collector):
            crawler.spider.interrupt()

    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop)
        except (NotImplementedError, RuntimeError):
            return  # Windows: the interpreter's own KeyboardInterrupt ends the run
