package aiv1.store.dynamo;

import aiv1.store.ProposalRow;

/// A proposal's row as an item, attributes by the names of the columns in SQLite.
final class ProposalItem {
    private ProposalItem() {}

    static Item write(ProposalRow row) {
        return Item.of(Item.proposal(row.experiment()))
                .with("experiment_id", row.experiment())
                .with("campaign_id", row.campaign())
                .with("candidate_id", row.candidate())
                .with("contract", row.contract())
                .with("proposer", row.proposer())
                .with("parent_ids", row.parents())
                .with("encoder_sha256", row.encoder())
                .with("decoder_sha256", row.decoder())
                .with("common_sha256", row.common())
                .with("rationale_sha256", row.rationale())
                .with("encoder_part", row.encoderPart())
                .with("decoder_part", row.decoderPart())
                .with("header_sha256", row.header());
    }

    static ProposalRow read(Item item) {
        return new ProposalRow(
                item.required("experiment_id"),
                item.find("campaign_id"),
                item.required("candidate_id"),
                item.required("contract"),
                item.required("proposer"),
                item.required("parent_ids"),
                item.required("encoder_sha256"),
                item.required("decoder_sha256"),
                item.find("common_sha256"),
                item.required("rationale_sha256"),
                item.find("encoder_part"),
                item.find("decoder_part"),
                item.find("header_sha256"));
    }
}
