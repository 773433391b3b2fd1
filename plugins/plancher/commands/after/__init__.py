"""What « invoke publish », « invoke rollback » and « invoke ping » do once the site is online."""
