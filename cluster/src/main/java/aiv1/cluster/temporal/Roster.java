package aiv1.cluster.temporal;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/// What a worker is known for at the roster's queue. Nobody asks; that it looks there is enough.
@ActivityInterface
public interface Roster {
    @ActivityMethod(name = "present")
    String present();
}
