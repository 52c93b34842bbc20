"""Every Russian sentence a user can see, by code: one module per room, plus the grammar they share."""
