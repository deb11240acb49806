from django.test import Client

from tests.factories import published_news


def test_a_published_message_is_read_in_both_languages(db, client: Client):
    page = published_news()
    assert client.get("/fr/actualites/rue-du-moulin/").status_code == 200
    assert client.get("/nl/nieuws/molenstraat/").status_code == 200
    assert client.get("/fr/actualites/").content.decode().count("Rue du Moulin") == 1
    assert page.live
