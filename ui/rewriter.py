"""The language model of the settings, if it is switched on."""

from collections.abc import Callable

from index.config import Config
from index.model import Budget
from index.rewriting import Rewriter
from index.taxonomy import Taxonomy


def rewriter_of(config: Config, taxonomy: Taxonomy, tell: Callable[[str], None]) -> Rewriter | None:
    """A rewriter with this run's budget, or None while `[model] enabled` is false.

    Raises ConfigError where the extra `bedrock` is not installed.
    """
    if not config.model.enabled:
        return None
    from crawler.bedrock import Bedrock

    budget = Budget(config.model.budget_usd, config.model.input_usd, config.model.output_usd)
    return Rewriter(Bedrock.connect(config.model), budget, taxonomy, tell)
