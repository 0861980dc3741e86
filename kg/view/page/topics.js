// The topics: groups of papers named by what sets them apart. The name puts one in focus, the dot switches it off and on.
kg.topics = (() => {
  const { model, state } = kg;
  const { byId, make, button } = kg.dom;

  const toggle = (name, text, now, colour) => {
    const on = !now.hidden.includes(name);
    return button({ class: "dot", "aria-pressed": String(on), "aria-label": `Show papers of ${text}`, title: on ? "Leave these papers out" : "Show these papers", "data-toggle": name, colour }, () => state.toggle(name), make("span", { class: "swatch" }));
  };

  const row = (topic, now) => {
    const on = now.topic === topic.id;
    const rest = topic.terms.slice(2, 5).map((term) => model.nodes[term].label).join(", ");
    const colour = kg.theme.topicStyle(topic.id);
    const focus = button(
      { class: "row topic", "aria-pressed": String(on), colour, title: `${kg.text.count(topic.size, "paper")}: ${topic.terms.map((term) => model.nodes[term].label).join(", ")}` },
      () => state.set({ topic: on ? null : topic.id, chosen: null, path: null, filter: "" }),
      make("span", {}, topic.name, rest && make("small", {}, rest)),
      make("span", { class: "number" }, kg.text.number(topic.size)),
    );
    return make("div", { class: "topicrow" }, toggle(`topic:${topic.id + 1}`, topic.name, now, colour), focus);
  };

  const FIRST = 12;
  let all = false;

  const render = (now) => {
    const inside = model.topics.reduce((sum, topic) => sum + topic.size, 0);
    const outside = model.papers.length - inside;
    const head = make("h2", {}, "Topics", now.topic !== null && button({}, () => state.set({ topic: null }), "Show all"));
    const none = make("p", { class: "mute" }, "Too few papers are linked to form topics.");
    const others = outside > 0 && model.topics.length > 0 &&
      make("div", { class: "topicrow" }, toggle("topic:none", "no topic", now, "var(--topic-none)"), make("span", { class: "row topic plain" }, make("span", { class: "mute" }, "in no topic"), make("span", { class: "number" }, kg.text.number(outside))));
    const shown = all || now.topic >= FIRST ? model.topics : model.topics.slice(0, FIRST);
    const more = shown.length < model.topics.length && button({ class: "quiet more" }, () => { all = true; render(state.get()); }, `Show ${model.topics.length - shown.length} more`);
    byId("topics").replaceChildren(make("div", { class: "block" }, head, model.topics.length ? shown.map((topic) => row(topic, now)) : none, more, others));
  };

  const start = () => {
    state.listen((now, before) => {
      if (now.topic === before.topic && now.hidden === before.hidden) return;
      const held = document.activeElement?.dataset?.toggle;
      render(now);
      if (held) byId("topics").querySelector(`[data-toggle="${held}"]`)?.focus();
    });
    render(state.get());
  };

  return { start };
})();
