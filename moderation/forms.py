"""What the desk's own views read."""

from django import forms


class TakeOverForm(forms.Form):
    """`owner` is who looked after the text on the screen that the button was pressed on."""

    owner = forms.IntegerField(required=False)
