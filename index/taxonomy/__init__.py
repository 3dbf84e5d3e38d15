"""The taxonomy: areas, services and regions as data, and where a text names them."""

from index.taxonomy.taxonomy import Taxonomy
from index.taxonomy.values import Area, Former, Mention, Place, Region, Rule, Service

__all__ = ["Area", "Former", "Mention", "Place", "Region", "Rule", "Service", "Taxonomy"]
