package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.store.address.StoreAddress;
import aiv1.store.address.StoreUrl;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "store",
        description = "Where ledger and artifacts are kept: make, copy, import, publish.",
        subcommands = {
            StoreCreateCommand.class,
            StoreCopyCommand.class,
            StoreImportCommand.class,
            StorePublishCommand.class
        },
        footer = {
            "",
            "A ledger is at sqlite:FILE or dynamodb://TABLE?region=REGION, artifacts are at file:FOLDER",
            "or s3://BUCKET/PREFIX?region=REGION. Credentials are found as AWS's tools find them."
        })
final class StoreCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new ConfigurationException(
                List.of("store: expected 'create', 'copy', 'import' or 'publish'"));
    }

    static StoreAddress address(String url) {
        try {
            return StoreUrl.parse(url);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(List.of("URL: " + wrong.getMessage()));
        }
    }
}
