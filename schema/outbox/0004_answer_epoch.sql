-- In which life of central's database an entry was answered: a restored one may not know of it.
ALTER TABLE entry ADD COLUMN answer_epoch TEXT NOT NULL DEFAULT '';
