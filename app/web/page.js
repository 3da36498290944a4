// What Gradio's events cannot say: a click on [n] in an answer, and a quotation scrolled into view.
window.huibao = {
    showViewer(element) {
        const side = element.closest('#hb-side, .block.hb-drawer');
        const open = element.querySelector('.hb-viewer') !== null;
        const wasOpen = side.classList.contains('hb-reading');
        side.classList.toggle('hb-reading', open);
        if (!open) {
            if (wasOpen && this.opener?.isConnected) this.opener.focus({preventScroll: true});
            return;
        }
        const text = element.querySelector('.hb-text');
        const quote = element.querySelector('#hb-quote');
        if (text && quote) {
            // By hand: scrollIntoView would also scroll the page around the panel.
            const distance = quote.getBoundingClientRect().top - text.getBoundingClientRect().top;
            text.scrollTop += distance - text.clientHeight / 3;
        } else if (text) {
            text.scrollTop = 0;
        }
        element.querySelector('.hb-back')?.focus({preventScroll: true});
    },
    textOf(link) {
        const message = link.closest('.message') ?? link.parentElement.parentElement;
        const said = [...message.querySelectorAll('p:not(.hb-meta):not(.hb-acts)')];
        const cites = [...message.querySelectorAll('a.hb-cite')].map(cite => cite.title);
        return [...said.map(line => line.innerText.trim()), '', ...new Set(cites)].join('\n');
    },
    // A long work is asked for again until it is done; what it made is saved when it is there.
    working(element, watch, look, stop, file) {
        let asking = 0, saved = '';
        const busy = () => element.querySelector('.hb-working');
        element.addEventListener('click', event => {
            if (event.target.closest('[data-stop]')) stop();
        });
        watch('value', () => {
            asking ||= setInterval(() => {
                if (busy()) return look();
                clearInterval(asking);
                asking = 0;
            }, 500);
            const made = element.querySelector('[data-save]')?.dataset.save ?? saved;
            if (made === saved) return;
            saved = made;
            setTimeout(() => {
                const link = document.querySelector(file);
                (link.querySelector('a, button') ?? link).click();
            }, 150);
        });
    },
    opener: null,
};

document.addEventListener('click', event => {
    const card = event.target.closest?.('.hb-card, .hb-v');
    const link = event.target.closest?.('a[href*="#cite-"]');
    window.huibao.opener = card ?? link ?? window.huibao.opener;
    if (!link) return;
    const [, turn, n] = link.getAttribute('href').match(/#cite-(\d+)-(\d+)$/) ?? [];
    if (n === undefined) return;
    event.preventDefault();
    // gr.HTML listens on the element inside the one that carries the id.
    for (const target of document.querySelectorAll('#hb-sources *')) {
        target.dispatchEvent(new CustomEvent('hb-cite', {detail: {turn, n}, bubbles: false}));
    }
}, true);

// A link to another tab, by its title.
document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href*="#tab-"]');
    if (!link) return;
    event.preventDefault();
    const title = decodeURIComponent(link.hash.slice('#tab-'.length));
    const tabs = [...document.querySelectorAll('#hb-tabs > .tab-wrapper [role=tab]')];
    tabs.find(tab => tab.innerText.trim() === title)?.click();
}, true);

// What stands under an answer: copying it with its sources, and the thumbs.
document.addEventListener('click', async event => {
    const link = event.target.closest?.('a.hb-deed, a[href*="#rate-"], a[href*="#copy-"]');
    const [, act, turn, good] = link?.getAttribute('href').match(/#(copy|rate)-(\d+)(?:-([01]))?$/) ?? [];
    if (act === undefined) return;
    event.preventDefault();
    if (act === 'rate') {
        for (const target of document.querySelectorAll('#hb-sources *')) {
            const detail = {turn: Number(turn), good: good === '1'};
            target.dispatchEvent(new CustomEvent('hb-rate', {detail, bubbles: false}));
        }
        return;
    }
    const text = window.huibao.textOf(link);
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // Without https, as on an office's own network, a browser has no clipboard interface.
        const box = document.createElement('textarea');
        box.value = text;
        document.body.append(box);
        box.select();
        document.execCommand('copy');
        box.remove();
    }
    const before = link.textContent;
    link.textContent = '✓ ' + before;
    setTimeout(() => { link.textContent = before; }, 1500);
}, true);

// One question at a time: an Enter pressed too early is carried out when the answer is there.
let waiting = 0;
document.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || !event.target.closest?.('#hb-question')) return;
    const answering = () => document.getElementById('hb-stop')?.offsetParent;
    if (!answering()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearInterval(waiting);
    waiting = setInterval(() => {
        const button = document.getElementById('hb-ask');
        if (answering() || !button?.offsetParent) return;
        clearInterval(waiting);
        button.click();
    }, 50);
}, true);

document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
        // Of several tabs only the one that is looked at.
        const backs = [...document.querySelectorAll('.hb-reading [data-back]')];
        backs.find(back => back.offsetParent !== null)?.click();
    }
});

// Typing in a filled list filters it only if the text of its present choice goes first.
document.addEventListener('focusin', event => {
    if (event.target.matches?.('#hb-tools input')) event.target.select();
});

// The last question stays at the top of the conversation while its answer grows below it, until
// somebody scrolls: nothing moves under the reader's eyes.
const follow = chat => {
    let seen = 0, held = false;
    const settle = () => {
        const wrap = chat.querySelector('.bubble-wrap');
        const asked = wrap?.querySelectorAll('.user-row') ?? [];
        if (asked.length !== seen) held = asked.length > 0;
        seen = asked.length;
        if (!held) return;
        const last = asked[seen - 1].getBoundingClientRect().top;
        wrap.scrollTop += last - wrap.getBoundingClientRect().top - 8;
    };
    const release = () => { held = false; };
    for (const act of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
        chat.addEventListener(act, release, {passive: true});
    }
    new MutationObserver(settle).observe(chat, {childList: true, subtree: true, characterData: true});
};
const appearing = new MutationObserver(() => {
    const chat = document.getElementById('hb-chat');
    if (!chat) return;
    appearing.disconnect();
    follow(chat);
});
appearing.observe(document, {childList: true, subtree: true});
