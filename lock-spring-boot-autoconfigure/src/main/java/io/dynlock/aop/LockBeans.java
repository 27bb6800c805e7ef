package io.dynlock.aop;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.util.StringValueResolver;

/**
 * What the advice needs of the application. The locks are looked up when they are first
 * used, so that the advice, which comes before all other beans, draws none of them in.
 */
final class LockBeans {

	private final Supplier<DistributedLockOperations> locks;

	private final Map<String, DistributedLockOperations> clients = new ConcurrentHashMap<>();

	private final ConfigurableBeanFactory beanFactory;

	private final LockSpecSource specs;

	private final LockKeyEvaluator keys;

	LockBeans(Supplier<DistributedLockOperations> locks, StringValueResolver placeholders,
			ConfigurableBeanFactory beanFactory) {
		this.locks = locks;
		this.beanFactory = beanFactory;
		this.specs = new LockSpecSource((client) -> locks(client).options(), placeholders);
		this.keys = new LockKeyEvaluator(beanFactory);
	}

	/**
	 * The locks of a client.
	 * @param client its qualifier; empty, or {@code default}, for those of the
	 * application
	 * @throws IllegalArgumentException if there is no such client; it names those that
	 * there are
	 */
	DistributedLockOperations locks(String client) {
		return client.isEmpty() ? this.locks.get() : this.clients.computeIfAbsent(client, this::find);
	}

	private DistributedLockOperations find(String client) {
		try {
			return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, DistributedLockOperations.class,
					client);
		}
		catch (BeansException ex) {
			if (isDefault(client, ex)) {
				return this.locks.get();
			}
			throw new IllegalArgumentException("there is no single bean of type DistributedLockOperations with this"
					+ " qualifier or name; there are " + known(), ex);
		}
	}

	/** It is called so in meters, logs and the endpoint; a bean may be called so too. */
	private static boolean isDefault(String client, BeansException notFound) {
		return client.equals(DistributedLockTemplate.DEFAULT_NAME) && notFound instanceof NoSuchBeanDefinitionException
				&& !(notFound instanceof NoUniqueBeanDefinitionException);
	}

	private Set<String> known() {
		Set<String> known = new TreeSet<>();
		if (this.beanFactory instanceof ConfigurableListableBeanFactory all) {
			for (String name : all.getBeanNamesForType(DistributedLockOperations.class)) {
				known.add(qualifier(all, name));
			}
		}
		return known;
	}

	/** The name by which an annotation would name a bean. */
	private static String qualifier(ConfigurableListableBeanFactory all, String name) {
		if (all.containsBeanDefinition(name)) {
			BeanDefinition definition = all.getBeanDefinition(name);
			AutowireCandidateQualifier qualifier = (definition instanceof AbstractBeanDefinition bean)
					? bean.getQualifier(Qualifier.class.getName()) : null;
			Object value = (qualifier != null) ? qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY) : null;
			return (value != null) ? value.toString() : name;
		}
		return name;
	}

	LockSpecSource specs() {
		return this.specs;
	}

	LockKeyEvaluator keys() {
		return this.keys;
	}

}
