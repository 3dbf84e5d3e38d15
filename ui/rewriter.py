"""The language model of the settings, if it is switched on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.digest import Digest
from index.model import Budget
from index.rewriting import Rewriter, drafted, rewritten

if TYPE_CHECKING:
    from index.library import Library


def smoothed(
    library: "Library",
    digest: Digest,
    tell: Callable[[str], None],
    style: str = "",
    *,
    slides: bool = False,
) -> Digest:
    """The digest in the model's words where they pass our checks; for `slides` with points and
    speaker's words too. As it is while `[model] enabled` is false. `tell` hears refusals.

    Raises ConfigError where the extra `bedrock` is not installed.
    """
    settings = library.config.model
    if not settings.enabled or digest.empty:
        return digest
    from crawler.bedrock import Bedrock

    budget = Budget(settings.budget_usd, settings.input_usd, settings.output_usd)
    rewriter = Rewriter(Bedrock.connect(settings), budget, library.taxonomy, tell)
    found = rewritten(digest, rewriter, style or library.config.digest.style)
    return drafted(found, rewriter) if slides else found
