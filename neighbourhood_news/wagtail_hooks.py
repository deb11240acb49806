"""Registration only."""

from wagtail import hooks

from neighbourhood_news import protection

hooks.register("before_delete_snippet", protection.before_delete)
