package io.dynlock.internal.protocol;

import java.util.Random;

import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.TableConnection;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The state machine of an acquisition, driven by hand.
 */
class AcquisitionMachineTests {

	private static final LockKey KEY = new LockKey("key");

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedProcess process = this.world.process("a");

	private final ModelTable table = ModelTable.retaining();

	private final TableConnection connection = this.table.connect(this.process);

	private final Watches watches = new Watches();

	private int ids;

	private Acquisition acquisition(Wish wish) {
		return new Acquisition(KEY, wish.terms("a"), this.watches, this.process, new Random(7), () -> "a-" + ++this.ids,
				(outcome, nanos) -> {
				});
	}

	private Acquisition.Result drive(Acquisition acquisition) throws InterruptedException {
		while (true) {
			Acquisition.Step step = acquisition.step();
			if (step instanceof Acquisition.Step.Send send) {
				acquisition.answered(this.connection.send(send.request()));
			}
			else if (step instanceof Acquisition.Step.Sleep sleep) {
				assertThat(sleep.nanos()).isNotNegative();
				this.process.sleep(sleep.nanos());
				acquisition.woke();
			}
			else {
				return ((Acquisition.Step.Finished) step).result();
			}
		}
	}

	@Test
	void whatWasWatchedIsForgottenWithTheGrant() throws InterruptedException {
		assertThat(drive(acquisition(Wish.aTry()))).isInstanceOf(Acquisition.Result.Granted.class);
		assertThat(drive(acquisition(Wish.aTry()))).isInstanceOf(Acquisition.Result.Busy.class);
		assertThat(this.watches.size()).isOne();
		assertThat(drive(acquisition(Wish.patient()))).isInstanceOf(Acquisition.Result.Granted.class);
		assertThat(this.watches.size()).isZero();
	}

	@Test
	void whatWasWatchedIsRememberedFromCallToCall() throws InterruptedException {
		drive(acquisition(Wish.aTry()));
		drive(acquisition(Wish.aTry()));
		drive(acquisition(Wish.patient()));
		assertThat(this.world.nanos()).isEqualTo(9_180_000_000L);
	}

	@Test
	void noAnswerIsTakenWhenNoneIsDue() throws InterruptedException {
		Acquisition acquisition = acquisition(Wish.aTry());
		drive(acquisition);
		assertThatIllegalStateException().isThrownBy(() -> acquisition.answered(new Answer.Written(1)));
	}

	@Test
	void anAnswerToAnotherQuestionIsNotTaken() {
		Acquisition acquisition = acquisition(Wish.aTry());
		assertThatIllegalStateException()
			.isThrownBy(() -> acquisition.answered(new Answer.Found(this.table.item(KEY))));
	}

}
