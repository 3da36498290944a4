// Every visible text of the page that stands out too little from what it stands on (WCAG 2, AA):
// 4.5 to 1, or 3 to 1 where it is large. Returns a line for each, the worst first.
() => {
    const parse = color => {
        const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
        // color(srgb …) and what color-mix makes count from 0 to 1.
        return color.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
    };
    const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
    const light = colour => {
        const [r, g, b] = colour.map(c => c / 255).map(
            c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    // What lies under an element, from the page up; an element that is not opaque lets it through.
    const ground = element => {
        const line = [];
        for (let at = element; at; at = at.parentElement) line.unshift(at);
        let under = [255, 255, 255];
        for (const one of line) {
            const style = getComputedStyle(one);
            const [r, g, b, a] = parse(style.backgroundColor);
            under = over([r, g, b, a], under);
        }
        return under;
    };
    const opacity = element => {
        let all = 1;
        for (let at = element; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
        return all;
    };
    const seen = element => {
        if (!element.checkVisibility({visibilityProperty: true, opacityProperty: false})) return false;
        const box = element.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && box.right > 0;
    };
    const found = [];
    const hold = (element, style, text, own = 1) => {
        const svg = element instanceof SVGElement;
        const [r, g, b, a] = parse(svg ? style.fill : style.color);
        const alpha = a * opacity(element) * own;
        const under = ground(element);
        const said = ratio(over([r, g, b, alpha], under), under);
        const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
        const needed = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
        if (said >= needed) return;
        const name = `${element.tagName.toLowerCase()}#${element.id}.${[...element.classList].join('.')}`;
        const place = element.closest('[id^=hb-]')?.id ?? '';
        found.push([said, `${said.toFixed(2)} ${place} ${name} «${text.trim().slice(0, 30)}»`]);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const text = walker.currentNode.textContent;
        if (!text.trim() || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(element.tagName)) continue;
        if (seen(element)) hold(element, getComputedStyle(element), text);
    }
    for (const box of document.querySelectorAll('input, textarea, select')) {
        if (!seen(box) || ['checkbox', 'radio', 'file'].includes(box.type)) continue;
        if (box.value) hold(box, getComputedStyle(box), box.value);
        else if (box.placeholder) {
            const style = getComputedStyle(box, '::placeholder');
            hold(box, style, box.placeholder, Number(style.opacity));
        }
    }
    found.sort((one, other) => one[0] - other[0]);
    return [...new Set(found.map(one => one[1]))];
}
