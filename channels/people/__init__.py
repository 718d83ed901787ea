"""The people of the helpline: accounts and how they get in, teams, who is on duty, their telephones and ready sentences."""
