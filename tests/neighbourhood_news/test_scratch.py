import re
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import *

def shorten(sql):
    sql = re.sub(r"SELECT .*? FROM", "SELECT … FROM", sql)
    return sql[:400]

def test_sql(db, client):
    places = [NeighbourhoodFactory(), NeighbourhoodFactory()]
    live_news(100, neighbourhoods=places)
    page = published_news(neighbourhoods=places)
    from home.models import Theme
    for url in ["/fr/actualites/", "/fr/actualites/rue-du-moulin/", "/fr/actualites/atom/", "/fr/recherche/?q=message"]:
        client.get(url)
        with CaptureQueriesContext(connection, ) as c:
            r = client.get(url)
        print(url, r.status_code, len(c))
        for q in c.captured_queries:
            print("   ", shorten(q["sql"]))
