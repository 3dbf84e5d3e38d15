"""Fetching, adding and importing: work that runs beside the page, and how far it is."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from index.errors import KnowledgeBaseError
from index.library import Library
from ui.parts.escape import escape
from ui.parts.jobs import Job, jobs
from ui.parts.opened import Visit
from ui.parts.values import forget_health
from ui.source_health import SourceHealth
from ui.subscriptions import add_source

IMPORT_MB = 50
MOST_FILES = 50


def draw_fetch(seen: Visit, rows: Sequence[SourceHealth]) -> None:
    """Start a fetch, and watch it."""
    names = [row.source.name for row in rows if row.source.enabled and not row.source.is_history]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            seen.say("fetch_which"), names, key="fetch-which",
            placeholder=seen.say("fetch_all", count=len(names)),
        )  # fmt: skip
        st.button(
            seen.say("fetch_start"),
            type="primary",
            icon=":material/download:",
            disabled=not names,
            on_click=_fetch,
            args=(seen, tuple(chosen)),
        )
    _watched(seen, "fetch")
    _watched(seen, "vectors")


def _fetch(seen: Visit, names: tuple[str, ...]) -> None:
    words = ["fetch", "--json-lines", "--", *names]
    jobs().start("fetch", seen.library.folder, words, partial(read_meaning, seen.library))


def read_meaning(library: Library) -> None:
    """Let search by meaning read what came in, where its extra is installed."""
    if library.meaning and library.meaning.waiting():
        jobs().start("vectors", library.folder, ["vectors", "--json-lines"])


def _watched(seen: Visit, name: str) -> None:
    """The job of that name as it goes, or how it ended."""
    job = jobs().last(name)
    if job is None:
        return
    if job.running:
        _running(seen, name)
    else:
        _draw_job(seen, job)


@st.fragment(run_every=1.0)
def _running(seen: Visit, name: str) -> None:
    """Look once a second; the whole page is drawn anew when the job has ended."""
    job = jobs().last(name)
    if job is None or not job.running:
        st.rerun()
        return
    _draw_job(seen, job)
    st.button(seen.say("job_stop"), key=f"stop-{name}", on_click=jobs().stop, args=(name,))


def _draw_job(seen: Visit, job: Job) -> None:
    if job.running:
        _draw_progress(seen, job)
        return
    found = job.result()
    if found:
        feeds = found.get("feeds")
        if isinstance(feeds, dict) and feeds.get("added"):
            st.success(escape(seen.say("opml_done", **feeds)))
        said = seen.say(
            f"{job.name}_done",
            new=found.get("new", 0),
            changed=found.get("changed", 0),
            unchanged=found.get("unchanged", 0),
            made=found.get("made", 0),
            tied=found.get("tied", 0),
        )
        (st.success if job.code == 0 else st.warning)(escape(said))
        _draw_left_out(seen, found)
    if job.code and not found:
        last = job.errors[-1] if job.errors else str(job.code)
        st.error(escape(seen.say("job_failed", error=last[:300])), icon=":material/error:")


def _draw_progress(seen: Visit, job: Job) -> None:
    events = list(job.events)
    told = [e for e in events if e.get("event") == "source"]
    if job.name == "vectors":
        latest = events[-1] if events else {}
        done, total = latest.get("done", 0), latest.get("total")
    else:
        start = next((e for e in events if e.get("event") == "start"), {})
        done, total = len(told), len(start.get("sources", ()))
    name = "vectors_running" if job.name == "vectors" else "job_running"
    text = seen.say(name, done=f"{done:,}", total=f"{total:,}" if total else "?")
    st.progress(min(done / total, 1.0) if total else 0.0, text=text)
    for event in told[-4:]:
        st.caption(escape(f"{event.get('name')}: {event.get('status')} +{event.get('new', 0)}"))


def _draw_left_out(seen: Visit, found: object) -> None:
    """What was skipped and which sources failed, by name and reason."""
    assert isinstance(found, dict)
    lines = [
        f"{Path(str(s.get('file'))).name}: {s.get('reason')}" for s in found.get("skipped", ())
    ]
    for source in found.get("sources", ()):
        if isinstance(source, dict) and (told := source.get("message") or source.get("alarm")):
            lines.append(f"{source.get('name')}: {told}")
    if lines:
        with st.expander(seen.say("job_left_out", count=len(lines))):
            st.markdown("\n".join(f"- {escape(line)}" for line in lines[:100]))


def draw_add(seen: Visit) -> None:
    """Add a source by its address."""
    with st.form("add-source", border=False, clear_on_submit=True):
        url = st.text_input(
            seen.say("source_url"), placeholder="https://example.com/feed.xml", max_chars=500
        )
        if st.form_submit_button(seen.say("source_add"), icon=":material/add:"):
            _add(seen, str(url or "").strip())


def _add(seen: Visit, url: str) -> None:
    try:
        found = add_source(seen.library.folder, url)
    except KnowledgeBaseError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return
    forget_health()
    names = ", ".join(source.name for source in found)
    st.toast(escape(seen.say("source_added", source=names)), icon=":material/check:")
    st.rerun()


def draw_import(seen: Visit) -> None:
    """Files dropped in: read by what they hold, like `import`; OPML adds sources."""
    files = st.file_uploader(
        seen.say("import_drop"),
        accept_multiple_files=True,
        max_upload_size=IMPORT_MB,
        key=f"import-{st.session_state.get('imports', 0)}",
    )
    if files and st.button(seen.say("import_start", count=len(files)), type="primary"):
        folder = Path(tempfile.mkdtemp(prefix="reinvent-kb-import-"))
        for place, file in enumerate(files[:MOST_FILES]):
            (folder / safe_name(file.name, place)).write_bytes(file.getbuffer())
        # The uploader begins empty again.
        st.session_state["imports"] = st.session_state.get("imports", 0) + 1
        _import(seen, folder)
        st.rerun()
    _watched(seen, "import")


def safe_name(name: str, place: int) -> str:
    """A file name that stays in its folder and keeps its ending; `place` sets equals apart."""
    base = re.sub(r"[^\w.\- ]", "_", name.replace("\\", "/").rsplit("/", 1)[-1]).lstrip(". ")
    stem, dot, ending = base.rpartition(".")
    if not dot:
        return f"{base[:80] or 'file'}-{place}"
    return f"{stem[:80] or 'file'}-{place}.{ending[:10]}"


def _import(seen: Visit, folder: Path) -> None:
    words = ["import", "--json", str(folder)]

    def after() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        read_meaning(seen.library)

    jobs().start("import", seen.library.folder, words, after)
