"""The clerk's addresses in the admin."""

from django.urls import path

from residents.verifying import counter_views, letter_views

urlpatterns = [
    path("counter/", counter_views.at_counter, name="counter"),
    path("counter/register/", counter_views.register, name="counter_register"),
    path("counter/card/", counter_views.find_by_card, name="counter_find_by_card"),
    path("counter/<str:number>/", counter_views.account, name="counter_account"),
    path("counter/<str:number>/home/", counter_views.settle, name="counter_settle"),
    path("letters/", letter_views.letters, name="letters"),
    path("letters/print/", letter_views.print_batch, name="print_letters"),
    path("letters/<int:pk>/refuse/", letter_views.refuse, name="refuse_letter"),
    path("letters/batch/<int:pk>/cancel/", letter_views.cancel, name="cancel_letters"),
]
