// The topics: groups of papers named by what sets them apart. A click puts one in focus, another click lets it go.
kg.topics = (() => {
  const { model, state } = kg;
  const { byId, make, button } = kg.dom;

  const row = (topic, now) => {
    const on = now.topic === topic.id;
    const rest = topic.terms.slice(2, 5).map((term) => model.nodes[term].label).join(", ");
    return button(
      { class: "row topic", "aria-pressed": String(on), colour: kg.theme.topicStyle(topic.id), title: `${kg.text.count(topic.size, "paper")}: ${topic.terms.map((term) => model.nodes[term].label).join(", ")}` },
      () => state.set({ topic: on ? null : topic.id, chosen: null, filter: "" }),
      make("span", { class: "swatch" }),
      make("span", {}, topic.name, rest && make("small", {}, rest)),
      make("span", { class: "number" }, kg.text.number(topic.size)),
    );
  };

  const render = (now) => {
    const inside = model.topics.reduce((sum, topic) => sum + topic.size, 0);
    const outside = model.papers.length - inside;
    const head = make("h2", {}, "Topics", now.topic !== null && button({}, () => state.set({ topic: null }), "Show all"));
    const none = make("p", { class: "mute" }, "Too few papers are linked to form topics.");
    const others = outside > 0 && model.topics.length > 0 &&
      make("p", { class: "mute" }, `${kg.text.count(outside, "paper")} in grey ${outside === 1 ? "belongs" : "belong"} to none.`);
    byId("topics").replaceChildren(make("div", { class: "block" }, head, model.topics.length ? model.topics.map((topic) => row(topic, now)) : none, others));
  };

  const start = () => {
    state.listen((now, before) => { if (now.topic !== before.topic) render(now); });
    render(state.get());
  };

  return { start };
})();
