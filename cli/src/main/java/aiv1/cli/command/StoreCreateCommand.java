package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.lab.StoreSetup;
import aiv1.cli.lab.Stores;
import aiv1.store.address.StoreAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description =
                "Makes a table, a bucket, a file or a folder to keep things in; what is there stays.",
        footer = {
            "",
            "Examples:",
            "  aiv1 store create 'dynamodb://labs?region=eu-central-1' 's3://labs-artifacts/one?region=eu-central-1'",
            "  aiv1 store create --store 'dynamodb://labs?region=eu-central-1'"
        })
final class StoreCreateCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "URL",
            description = "What to make; those of the settings when none is given.")
    private List<String> urls = List.of();

    @Override
    public Integer call() {
        List<StoreAddress> addresses = new ArrayList<>();
        urls.forEach(url -> addresses.add(StoreCommand.address(url)));
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            if (addresses.isEmpty()) {
                Stores stores = lab.stores();
                addresses.addAll(List.of(stores.ledger(), stores.artifacts()));
            }
            for (StoreAddress address : addresses) {
                System.out.println(address.url() + ": " + StoreSetup.create(lab, address));
            }
        }
        return ExitCode.DONE;
    }
}
