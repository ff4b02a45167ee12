package aiv1.cli.lab;

import aiv1.store.FileArtifactStore;
import aiv1.store.address.StoreAddress;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreAddress.Folder;
import aiv1.store.address.StoreAddress.S3;
import aiv1.store.address.StoreAddress.Sqlite;
import aiv1.store.dynamo.DynamoSetup;
import aiv1.store.s3.S3Setup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// Makes stores, and looks whether they can be used: reached, read and written.
public final class StoreSetup {
    private StoreSetup() {}

    /// Makes what is not there. Gives one line on what was done; throws
    /// [aiv1.domain.LabFaultException] with what is in the way.
    public static String create(Lab lab, StoreAddress address) {
        return switch (address) {
            case Sqlite file -> {
                boolean isThere = Files.exists(file.file());
                lab.openLedger(
                                new Stores(file, lab.stores().artifacts(), lab.stores().copies()),
                                lab.artifacts())
                        .close();
                yield isThere ? "there already" : "made";
            }
            case Folder folder -> {
                boolean isThere = Files.exists(folder.folder());
                FileArtifactStore.open(folder.folder());
                yield isThere ? "there already" : "made";
            }
            case DynamoDb table -> DynamoSetup.create(table);
            case S3 bucket -> S3Setup.create(bucket);
        };
    }

    /// One line on the ledger; throws [aiv1.domain.LabFaultException] with what is missing.
    public static String checkLedger(Lab lab) {
        return switch (lab.stores().ledger()) {
            case Sqlite file -> lab.ledger().results().size() + " experiments";
            case DynamoDb table -> DynamoSetup.check(table);
        };
    }

    /// One line on the artifacts; throws [aiv1.domain.LabFaultException] with what is missing.
    public static String checkArtifacts(Lab lab) {
        return switch (lab.stores().artifacts()) {
            case Folder folder -> {
                FileArtifactStore.open(folder.folder())
                        .put("aiv1 doctor\n".getBytes(StandardCharsets.UTF_8));
                yield folder.url() + ": can be written";
            }
            case S3 bucket -> S3Setup.check(bucket);
        };
    }

    /// Whether somebody on another machine finds the ledger but not what it names.
    public static boolean isSplit(Stores stores) {
        return stores.ledger() instanceof DynamoDb && stores.artifacts() instanceof Folder;
    }
}
