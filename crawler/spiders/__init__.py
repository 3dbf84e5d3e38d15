"""One walk for each kind of source, and the Scrapy spider that takes them all."""
