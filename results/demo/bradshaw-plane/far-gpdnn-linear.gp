# Redraw with: gnuplot far-gpdnn-linear.gp
set encoding utf8
set terminal pngcairo noenhanced size 620,540 font 'DejaVu Sans,11'
set output 'far-gpdnn-linear.png'
data = 'far-gpdnn-linear.csv'
set datafile separator comma
set datafile missing 'nan'
set title 'points network, Gaussian process (linear), far' font 'DejaVu Sans,14'
set xrange [-4:5]
set yrange [-4:5]
set size square
set palette defined (0 '#F7FBFF', 0.5 '#6BAED6', 1 '#08306B')
set cbrange [0:1.0986122886681098]
set cblabel 'entropy (nats)'
set key outside below horizontal
plot data every ::1::3721 using 1:2:3 with image notitle, \
     data skip 1 using ($4 == 0 ? $1 : 1/0):2 with points pt 5 ps 0.8 lc rgb '#E69F00' title 'class 0', \
     data skip 1 using ($4 == 1 ? $1 : 1/0):2 with points pt 7 ps 0.8 lc rgb '#D55E00' title 'class 1', \
     data skip 1 using ($4 == 2 ? $1 : 1/0):2 with points pt 9 ps 0.8 lc rgb '#CC79A7' title 'class 2'
