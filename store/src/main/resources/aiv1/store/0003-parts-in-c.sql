-- Candidates with parts in C. Rows from before hold Python only, so that nothing has to be filled in.
-- encoder_sha256 and decoder_sha256 name the texts of either language.

ALTER TABLE proposal ADD COLUMN encoder_part TEXT; -- label of the part; null: encoder
ALTER TABLE proposal ADD COLUMN decoder_part TEXT; -- label of the part; null: decoder
ALTER TABLE proposal ADD COLUMN header_sha256 TEXT; -- null: the candidate has no common.h
