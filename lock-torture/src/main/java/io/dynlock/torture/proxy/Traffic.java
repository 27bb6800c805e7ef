package io.dynlock.torture.proxy;

import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.TableWrite;

/**
 * Is told what goes through a proxy. Thread-safe.
 */
public interface Traffic {

	/** A write took effect. */
	void wrote(TableWrite write);

	/** A request met a fault. */
	void befell(FaultKind kind);

}
